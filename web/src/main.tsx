import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router-dom";
import { App } from "./app/App";
import { makeQueryClient } from "./app/queryClient";
import { applyStoredTheme } from "./app/theme";
import "./styles/index.css";

applyStoredTheme();

const container = document.getElementById("app");
if (!container) throw new Error("index.html has no element #app");

createRoot(container).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <BrowserRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
