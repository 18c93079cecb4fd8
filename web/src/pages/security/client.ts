interface Pattern {
  test: RegExp;
  name: string;
}

// Order matters: browsers claim to be one another, the most particular word decides.
const kBrowsers: readonly Pattern[] = [
  { test: /\bEdg(?:e|A|iOS)?\/(\d+)/, name: "Edge" },
  { test: /\bOPR\/(\d+)/, name: "Opera" },
  { test: /\b(?:Firefox|FxiOS)\/(\d+)/, name: "Firefox" },
  { test: /\b(?:Headless)?Chrom(?:e|ium)\/(\d+)/, name: "Chrome" },
  { test: /\bCriOS\/(\d+)/, name: "Chrome" },
  { test: /\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, name: "Safari" },
];

const kSystems: readonly Pattern[] = [
  { test: /Android/, name: "Android" },
  { test: /iPhone|iPad|iPod/, name: "iOS" },
  { test: /Windows/, name: "Windows" },
  { test: /Macintosh|Mac OS X/, name: "macOS" },
  { test: /CrOS/, name: "ChromeOS" },
  { test: /Linux|X11/, name: "Linux" },
];

const kPrograms: readonly Pattern[] = [
  { test: /^libcript\/([\d.]+)/, name: "libcript" },
  { test: /^cript(?:-cli)?\/([\d.]+)/, name: "cript" },
  { test: /^curl\/([\d.]+)/, name: "curl" },
  { test: /^Wget\/([\d.]+)/, name: "wget" },
  { test: /PowerShell\/([\d.]+)/, name: "PowerShell" },
  { test: /^python-urllib3\/([\d.]+)/, name: "Python (urllib3" },
  { test: /^python-requests\/([\d.]+)/, name: "Python (requests" },
  { test: /^python-httpx\/([\d.]+)/, name: "Python (httpx" },
  { test: /^Boto3\/([\d.]+)/i, name: "Python (boto3" },
];

/** A `User-Agent` header in words: “Firefox 131 on Linux”, “curl 8.5.0”. What it does not know it shows as it stands. */
export function readClient(userAgent: string | null): string {
  const agent = userAgent?.trim() ?? "";
  if (agent === "") return "unknown program";
  const program = named(kPrograms, agent);
  if (program) return program.includes("(") ? `${program})` : program;
  const browser = named(kBrowsers, agent);
  if (!browser) return agent.length > 60 ? `${agent.slice(0, 57)}…` : agent;
  const system = kSystems.find((pattern) => pattern.test.test(agent))?.name;
  return system ? `${browser} on ${system}` : browser;
}

function named(patterns: readonly Pattern[], agent: string): string | undefined {
  for (const { test, name } of patterns) {
    const match = test.exec(agent);
    if (match) return match[1] ? `${name} ${match[1]}` : name;
  }
  return undefined;
}
