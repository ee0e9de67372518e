// SPDX-License-Identifier: Apache-2.0
/* Classic: handlers for signals of a device's firmware. */
#ifndef SIGNALS_H
#define SIGNALS_H

#include <linux/types.h>

struct device;

typedef void (*signal_handler)(u32 event, void *data);

int signals_install(struct device *dev, signal_handler handler, void *data);
void signals_remove(struct device *dev, signal_handler handler);
void signals_dispatch(u32 event);

#endif
