/** The button and the frame on another site; out of reach of that site's own style. */
export const panelStyle = `
:host { all: initial; position: fixed; z-index: 2147483000; inset-block-end: 0; inset-inline-end: 0;
  display: flex; flex-direction: column-reverse; align-items: flex-end; gap: 8px; padding: 8px;
  box-sizing: border-box; max-inline-size: 100%; font: 17px/1.45 system-ui, sans-serif; pointer-events: none; }
button { pointer-events: auto; min-block-size: 48px; padding: 8px 16px; border: 2px solid #fff; border-radius: 6px;
  background: #0b6e63; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 3px solid #0b6e63; outline-offset: 2px; }
iframe { pointer-events: auto; inline-size: min(400px, calc(100vw - 16px)); block-size: min(640px, calc(100vh - 80px));
  border: 1px solid #55616a; border-radius: 6px; background: #f6f4ef; color-scheme: light dark; }
iframe[hidden] { display: none; }
`;
