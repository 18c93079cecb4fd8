import { useEffect, useRef } from "react";
import { Outlet, useLocation } from "react-router-dom";
import { useStatus } from "./account";
import { Header } from "./Header";

export function Layout() {
  const main = useRef<HTMLElement>(null);
  useFocusOnNewPage(main);
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
    </>
  );
}

/** A page that is exchanged without loading would leave keyboard and screen reader where the old one was. */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (window.location.hash === "") window.scrollTo(0, 0);
    const isFieldFocused = main.current?.contains(document.activeElement) ?? false;
    if (!isFieldFocused) main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}

function Footer() {
  const status = useStatus();
  const version = status.data?.version;
  return (
    <footer className="site-footer">
      <p>
        OpenCRIPT{version ? ` ${version}` : ""} <span aria-hidden="true">·</span> open, self-hosted data for polymer science
      </p>
    </footer>
  );
}
