/** South, west, north and east of a country in degrees, a little wider than its borders. */
const bounds: Readonly<Record<string, readonly [number, number, number, number]>> = {
  GT: [13.6, -92.4, 17.9, -88.1],
  HN: [12.9, -89.4, 17.5, -82.4],
  SV: [13.0, -90.2, 14.5, -87.6],
  MX: [14.4, -118.5, 32.8, -86.6],
  NI: [10.6, -87.8, 15.1, -82.6],
  CR: [8.0, -86.0, 11.3, -82.5],
  PA: [7.1, -83.1, 9.7, -77.1],
  DO: [17.4, -72.1, 20.0, -68.2],
  BZ: [15.8, -89.3, 18.6, -87.4],
  US: [18.8, -171.8, 71.5, -66.9],
};

/** Whether a point can be in the country; a country without known borders holds every point. */
export function isInside(country: string, latitude: number, longitude: number): boolean {
  const box = bounds[country];
  if (box === undefined) return true;
  const [south, west, north, east] = box;
  return latitude >= south && latitude <= north && longitude >= west && longitude <= east;
}
