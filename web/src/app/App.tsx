import { lazy, Suspense } from "react";
import { Navigate, Outlet, Route, Routes, useLocation } from "react-router-dom";
import { AccountPage } from "../pages/account/AccountPage";
import { ConnectPage } from "../pages/connect/ConnectPage";
import { MissingPage } from "../pages/missing/MissingPage";
import { ProjectsPage } from "../pages/projects/ProjectsPage";
import { RecordPage } from "../pages/record/RecordPage";
import { SecurityPage } from "../pages/security/SecurityPage";
import { SetupPage } from "../pages/setup/SetupPage";
import { SignInPage } from "../pages/signin/SignInPage";
import { ErrorNotice } from "../ui/ErrorNotice";
import { PageSkeleton } from "../ui/Skeleton";
import { AnnouncerProvider } from "../ui/Announcer";
import { useAccount } from "./account";
import { Layout } from "./Layout";

const ProjectPage = lazy(async () => ({ default: (await import("../pages/project/ProjectPage")).ProjectPage }));
const ReferencePage = lazy(async () => ({ default: (await import("../pages/reference/ReferencePage")).ReferencePage }));

export function App() {
  return (
    <AnnouncerProvider>
      <Routes>
        <Route element={<Layout />}>
          <Route path="/setup" element={<SetupPage />} />
          <Route path="/signin" element={<SignInPage />} />
          <Route path="/connect" element={<ConnectPage />} />
          <Route
            path="/reference"
            element={
              <Suspense fallback={<PageSkeleton />}>
                <ReferencePage />
              </Suspense>
            }
          />
          <Route element={<SignedIn />}>
            <Route path="/" element={<Navigate to="/projects/" replace />} />
            <Route path="/projects" element={<ProjectsPage />} />
            <Route
              path="/project/:uuid"
              element={
                <Suspense fallback={<PageSkeleton />}>
                  <ProjectPage />
                </Suspense>
              }
            />
            <Route path="/:kind/:uuid" element={<RecordPage />} />
            <Route path="/security" element={<SecurityPage />} />
            <Route path="/account" element={<AccountPage />} />
          </Route>
          <Route path="*" element={<MissingPage />} />
        </Route>
      </Routes>
    </AnnouncerProvider>
  );
}

/** The pages behind this are for people who are signed in; others sign in first and come back. */
function SignedIn() {
  const account = useAccount();
  const { pathname, search, hash } = useLocation();
  if (account.isPending) return <PageSkeleton />;
  if (account.isError) return <ErrorNotice error={account.error} retry={() => void account.refetch()} />;
  if (account.data) return <Outlet />;
  const wanted = pathname + search + hash;
  const query = wanted === "/" ? "" : `?${new URLSearchParams({ next: wanted }).toString()}`;
  return <Navigate to={`/signin${query}`} replace />;
}
