import { Link, NavLink, useLocation } from "react-router-dom";
import { Icon } from "../ui/Icon";
import { Logo } from "../ui/Logo";
import { useAccount } from "./account";
import { AccountMenu } from "./AccountMenu";
import { useTheme } from "./theme";

export function Header() {
  const account = useAccount();
  const { pathname } = useLocation();
  const isEntering = pathname.startsWith("/setup") || pathname.startsWith("/signin");
  return (
    <header className="site-header">
      <div className="site-header-inner">
        <Link to="/projects/" className="brand" aria-label="OpenCRIPT, to the projects">
          <Logo />
          <span className="brand-name">
            Open<b>CRIPT</b>
          </span>
        </Link>
        <nav className="site-nav" aria-label="Main">
          {account.data && <NavLink to="/projects/">Projects</NavLink>}
          <NavLink to="/connect/">Connect</NavLink>
          <NavLink to="/reference/">API</NavLink>
        </nav>
        <div className="site-tools">
          <ThemeButton />
          {account.data && <AccountMenu account={account.data} />}
          {account.data === null && !isEntering && (
            <Link className="button button-small" to="/signin">
              Sign in
            </Link>
          )}
        </div>
      </div>
    </header>
  );
}

function ThemeButton() {
  const [theme, choose] = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <button type="button" className="icon-button" aria-label={`Switch to the ${other} theme`} onClick={() => choose(other)}>
      <Icon name={theme === "dark" ? "sun" : "moon"} />
    </button>
  );
}
