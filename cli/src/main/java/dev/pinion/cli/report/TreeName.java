// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli.report;

import java.util.Optional;

/**
 * Which tree a report is about.
 *
 * @param root a folder or a repository, absolute: the only machine path of a report
 * @param rev the commit, or for a range its last one
 * @param kernelVersion as the top Makefile or the user says
 */
public record TreeName(String root, Optional<String> rev, Optional<String> kernelVersion) {}
