/**
 * A dialog is the browser's own: it takes the focus, keeps it, closes on Escape and gives it back. It is
 * opened by being rendered and closed by its owner. A click beside it closes it too, but not one that holds
 * what a person writes (`firm`): the second click of a double click must not throw a reason away. The focus opens
 * at its first control, or at the one that is marked `data-first`.
 */
import { useEffect, useRef, type ReactNode } from 'react';

export function Dialog(props: { label: string; className?: string; firm?: boolean; onClose: () => void; children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    const first = dialog?.querySelector('[data-first]');
    if (first instanceof HTMLElement) first.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref} className={props.className ?? 'dialog'} aria-label={props.label}
      onCancel={(event) => { event.preventDefault(); props.onClose(); }}
      onClick={(event) => { if (props.firm !== true && event.target === ref.current) props.onClose(); }}
    >
      {props.children}
    </dialog>
  );
}
