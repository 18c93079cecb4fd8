import { Dialog } from "../../ui/Dialog";

interface Props {
  onCancel: () => void;
  onConfirm: () => void;
}

export function RegenerateDialog({ onCancel, onConfirm }: Props) {
  return (
    <Dialog title="Regenerate the API token?" onClose={onCancel}>
      <p>The token that you have now stops working at once, and for ever:</p>
      <ul>
        <li>scripts, notebooks and programs that carry it are refused from their next request on, also those that run right now;</li>
        <li>
          environment variables and <code>.env</code> files with <code>CRIPT_API_KEY</code>, <code>CRIPT_TOKEN</code> or{" "}
          <code>CRIPT_STORAGE_TOKEN</code> need the new text;
        </li>
        <li>so do instruments and scheduled jobs that push data for you.</li>
      </ul>
      <p>Your projects, and this browser’s session, stay as they are.</p>
      <div className="dialog-actions">
        <button type="button" className="button" autoFocus onClick={onCancel}>
          Keep the old one
        </button>
        <button type="button" className="button button-danger" onClick={onConfirm}>
          Regenerate
        </button>
      </div>
    </Dialog>
  );
}
