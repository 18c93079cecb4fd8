import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router-dom";
import { signOut, type Account } from "../api/account";
import { ApiError } from "../api/envelope";
import { useAnnounce } from "../ui/Announcer";
import { Icon } from "../ui/Icon";
import { leave } from "./account";

interface Item {
  label: string;
  choose: () => void;
}

/** The menu at the top right, after the menu button pattern of the ARIA authoring practices. */
export function AccountMenu({ account }: { account: Account }) {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const button = useRef<HTMLButtonElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const entries = useRef<(HTMLButtonElement | null)[]>([]);
  const menuId = useId();
  const items = useItems();

  useEffect(() => {
    if (isOpen) entries.current[active]?.focus();
  }, [isOpen, active]);

  function open(at: number) {
    setActive(at);
    setOpen(true);
  }

  function close() {
    setOpen(false);
    button.current?.focus();
  }

  function onButtonKey(event: KeyboardEvent) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowDown" ? 0 : items.length - 1);
  }

  function onMenuKey(event: KeyboardEvent) {
    if (event.key === "Escape") return close();
    const next = nextEntry(event.key, active, items);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
  }

  return (
    <div
      className="menu"
      ref={frame}
      onBlur={(event) => {
        if (!frame.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="menu-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        onClick={() => (isOpen ? close() : open(0))}
        onKeyDown={onButtonKey}
      >
        <span className="avatar" aria-hidden="true">
          {account.username.slice(0, 1).toUpperCase()}
        </span>
        <span className="visually-hidden">Account menu of </span>
        <span className="menu-button-name">{account.username}</span>
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <div id={menuId} role="menu" aria-label="Account" className="menu-list" onKeyDown={onMenuKey}>
          {items.map((item, index) => (
            <button
              key={item.label}
              ref={(element) => {
                entries.current[index] = element;
              }}
              type="button"
              role="menuitem"
              tabIndex={index === active ? 0 : -1}
              onMouseEnter={() => setActive(index)}
              onClick={() => {
                close();
                item.choose();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function nextEntry(key: string, active: number, items: readonly Item[]): number | undefined {
  const count = items.length;
  if (key === "ArrowDown") return (active + 1) % count;
  if (key === "ArrowUp") return (active + count - 1) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key.length !== 1) return undefined;
  const order = items.map((_, offset) => (active + 1 + offset) % count);
  return order.find((index) => items[index]?.label.toLowerCase().startsWith(key.toLowerCase()));
}

function useItems(): Item[] {
  const navigate = useNavigate();
  const announce = useAnnounce();

  async function logOut() {
    try {
      await signOut();
    } catch (error) {
      // A session that is over already is what was wanted.
      if (!(error instanceof ApiError && error.status === 401)) return announce("Signing out did not work. Please try again.");
    }
    leave();
  }

  return [
    { label: "Account settings", choose: () => void navigate("/account/") },
    { label: "Security settings", choose: () => void navigate("/security/") },
    { label: "Logout", choose: () => void logOut() },
  ];
}
