/** Drawings on a grid of 24 pixels. */
export const icons = {
  send: 'M4 12 20 4l-5 16-4-6.5zM11 13.5 20 4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  down: 'M12 5v14m-6-6 6 6 6-6',
} as const;
