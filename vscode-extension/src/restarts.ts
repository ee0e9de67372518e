// SPDX-License-Identifier: Apache-2.0

/** Decides whether a server that has died is started again: not if it dies again and again. */
export class Restarts {
  private readonly deaths: number[] = [];

  /**
   * @param limit how many deaths within the window are too many
   * @param windowMillis the window
   */
  constructor(
    private readonly limit = 5,
    private readonly windowMillis = 180_000,
  ) {}

  /**
   * Notes a death.
   *
   * @param now milliseconds, only ever growing
   * @returns whether to start the server again
   */
  died(now: number): boolean {
    this.deaths.push(now);
    while (this.deaths[0] !== undefined && now - this.deaths[0] > this.windowMillis) {
      this.deaths.shift();
    }
    return this.deaths.length < this.limit;
  }

  /** Forgets all deaths: the user has started the server. */
  reset(): void {
    this.deaths.length = 0;
  }
}
