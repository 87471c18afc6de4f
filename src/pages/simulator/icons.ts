import type { Tick } from './api.ts';

/** Drawings on a grid of 24 pixels. */
export const icons = {
  send: 'M4 12 20 4l-5 16-4-6.5zM11 13.5 20 4',
  plus: 'M12 5v14M5 12h14',
  list: 'M8 7h12M8 12h12M8 17h12M4 7h.01M4 12h.01M4 17h.01',
  close: 'm6 6 12 12M18 6 6 18',
  voice: 'M12 4a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11v1a6 6 0 0 0 12 0v-1M12 18v3',
  photo: 'M4 7h4l1.5-2h5L16 7h4v12H4zM12 10a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
  location: 'M12 21s-6-5.5-6-11a6 6 0 0 1 12 0c0 5.500-6 11-6 11zM12 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  toService: 'M4 12h15m-5-5 5 5-5 5',
  fromService: 'M20 12H5m5-5-5 5 5 5',
} as const;

/** Ticks differ in shape, and a word stands beside them. */
export const tickIcons: Readonly<Record<Tick, string>> = {
  waiting: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4l3 2',
  sent: 'm6 12.500 4 4 8-9',
  delivered: 'm2 12.500 4 4 8-9m-3 8 1.500 1 8-9',
  read: 'm2 12.500 4 4 8-9m-3 8 1.500 1 8-9M3 21h18',
  failed: 'M12 5v9m0 4v.5',
};
