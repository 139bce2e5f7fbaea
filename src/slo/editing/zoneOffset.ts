/** Difference of a time zone to UTC at an instant. */

/** "UTC+02:00"; null for a zone that is not known here. */
export function zoneOffsetText(zone: string, now: number): string | null {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(now);
    return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
