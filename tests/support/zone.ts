import { afterEach } from 'vitest';

/** Puts the zone of this process back after each test that sets another: other files run in it, too. */
export function keepsZone(): void {
  const original = process.env['TZ'];
  afterEach(() => {
    if (original === undefined) delete process.env['TZ'];
    else process.env['TZ'] = original;
  });
}
