import { element } from '../shared/dom.ts';
import type { FaultName, Faults, SimulatorWords } from './api.ts';

/** Switches for what can go wrong. */
export interface FaultView {
  readonly root: HTMLElement;
  show(faults: Faults): void;
  refresh(): void;
}

/** `onSwitch` says whether the switches were taken; a switch that was not goes back. */
export function createFaultView(
  words: () => SimulatorWords,
  onSwitch: (faults: Faults) => Promise<boolean>,
): FaultView {
  const legend = element('legend');
  const root = element('fieldset', { class: 'faults' }, legend);
  let faults: Faults = {
    graphFails: false,
    answerLost: false,
    windowClosed: false,
    noStatuses: false,
    webhookTwice: false,
  };
  // The keys of a literal of this very type.
  const switches = (Object.keys(faults) as FaultName[]).map((name) => {
    const box = element('input', { type: 'checkbox', role: 'switch', id: `fault-${name}` });
    const label = element('label', { for: box.id });
    box.addEventListener('change', () => {
      const next = { ...faults, [name]: box.checked };
      void onSwitch(next).then((isTaken) => {
        if (isTaken) faults = next;
        box.checked = faults[name];
      });
    });
    root.append(element('div', { class: 'switch' }, box, label));
    return { name, box, label };
  });
  return {
    root,
    show: (next) => {
      faults = next;
      for (const { name, box } of switches) box.checked = next[name];
    },
    refresh: () => {
      legend.textContent = words().faults;
      for (const { name, label } of switches) label.textContent = words().fault[name];
    },
  };
}
