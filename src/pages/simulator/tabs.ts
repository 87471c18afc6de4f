import { element } from '../shared/dom.ts';

/** Tabs by the pattern people know: arrows move, one is selected, and it says which part of the page it shows. */
export interface Tabs {
  readonly root: HTMLElement;
  select(key: string): void;
  add(key: string, label: () => string): void;
  refresh(label: string): void;
}

/** `panelOf` gives the id of what a tab shows. */
export function createTabs(panelOf: (key: string) => string, onSelect: (key: string) => void): Tabs {
  const root = element('div', { class: 'tabs', role: 'tablist' });
  const tabs = new Map<string, { readonly button: HTMLButtonElement; readonly label: () => string }>();

  const select = (key: string): void => {
    for (const [name, { button }] of tabs) {
      button.setAttribute('aria-selected', String(name === key));
      button.tabIndex = name === key ? 0 : -1;
    }
    onSelect(key);
  };
  const move = (from: string, step: number): void => {
    const keys = [...tabs.keys()];
    const next = keys.at((keys.indexOf(from) + step) % keys.length);
    if (next === undefined) return;
    select(next);
    tabs.get(next)?.button.focus();
  };

  return {
    root,
    select,
    add: (key, label) => {
      const button = element(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `tab-${key}`,
          'aria-controls': panelOf(key),
          'aria-selected': 'false',
        },
        label(),
      );
      button.tabIndex = -1;
      button.addEventListener('click', () => select(key));
      button.addEventListener('keydown', (event) => {
        if (event.key === 'ArrowRight') move(key, 1);
        else if (event.key === 'ArrowLeft') move(key, -1);
        else return;
        event.preventDefault();
      });
      tabs.set(key, { button, label });
      root.append(button);
    },
    refresh: (label) => {
      root.setAttribute('aria-label', label);
      for (const tab of tabs.values()) tab.button.textContent = tab.label();
    },
  };
}
