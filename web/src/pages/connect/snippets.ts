export const kClients = ["cpp", "cli", "python2", "python0", "curl"] as const;
export const kShells = ["bash", "zsh", "powershell", "dotenv"] as const;

export type Client = (typeof kClients)[number];
export type Shell = (typeof kShells)[number];

export const kClientNames: Readonly<Record<Client, string>> = {
  cpp: "C++",
  cli: "Command line",
  python2: "Python 2.x",
  python0: "Python 0.x",
  curl: "curl",
};

export const kShellNames: Readonly<Record<Shell, string>> = {
  bash: "bash",
  zsh: "zsh",
  powershell: "PowerShell",
  dotenv: ".env file",
};

export interface Snippet {
  title: string;
  /** Why and how, in a sentence or two; code stands between backticks. */
  about: string;
  /** Where the lines go: a shell, or a file. */
  where: string;
  code: string;
}

interface Variable {
  name: string;
  value: string;
}

/**
 * How to open a client against this server from a shell: the environment first, then the code. No listing holds the token: the
 * shell asks for it, so that it stays out of the history too.
 */
export function snippetsFor(client: Client, shell: Shell, host: string): Snippet[] {
  return [environment(client, shell, host), ...use(client, shell, host)];
}

function environment(client: Client, shell: Shell, host: string): Snippet {
  const variables = variablesOf(client, host);
  const secret = client === "python2" ? "CRIPT_TOKEN" : "CRIPT_API_KEY";
  const alsoSecret = client === "python2" ? ["CRIPT_STORAGE_TOKEN"] : [];
  const listing = kEnvironments[shell](variables, secret, alsoSecret);
  const first =
    client === "python2"
      ? "`AWS_ENDPOINT_URL` comes first: without it this SDK sends its storage token, and your files, to Amazon instead of this server. `CRIPT_STORAGE_TOKEN` is the same API token. "
      : "";
  return { title: "1. The environment", about: first + kAboutShell[shell], where: kShellNames[shell], code: listing };
}

function variablesOf(client: Client, host: string): Variable[] {
  const endpoint: Variable[] = client === "python2" ? [{ name: "AWS_ENDPOINT_URL", value: host }] : [];
  return [...endpoint, { name: "CRIPT_HOST", value: host }];
}

const kAboutShell: Readonly<Record<Shell, string>> = {
  bash: "`read` waits for you to paste the token; it is not shown, and stays out of the shell’s history.",
  zsh: "`read` waits for you to paste the token; it is not shown, and stays out of the shell’s history.",
  powershell: "`Read-Host` waits for you to paste the token; it is not shown, and stays out of the history.",
  dotenv:
    "Save this as `.env`, put your token between the quotes, and let nobody else read it (`chmod 600 .env`). Never commit it: add `.env` to `.gitignore`.",
};

// The question for the token comes last: in some terminals it would swallow the line that was pasted behind it.
type WriteEnvironment = (variables: readonly Variable[], secret: string, alsoSecret: readonly string[]) => string;

const kEnvironments: Readonly<Record<Shell, WriteEnvironment>> = {
  bash: (variables, secret, alsoSecret) =>
    [
      ...variables.map(({ name, value }) => `export ${name}="${value}"`),
      `read -rsp "API token: " ${secret} && ${exportOf(secret, alsoSecret)}`,
    ].join("\n"),
  zsh: (variables, secret, alsoSecret) =>
    [
      ...variables.map(({ name, value }) => `export ${name}="${value}"`),
      `read -rs "${secret}?API token: " && ${exportOf(secret, alsoSecret)}`,
    ].join("\n"),
  powershell: (variables, secret, alsoSecret) =>
    [
      ...variables.map(({ name, value }) => `$env:${name} = "${value}"`),
      `${[...alsoSecret, secret].map((name) => `$env:${name} = `).join("")}[Net.NetworkCredential]::new("", (Read-Host "API token" -AsSecureString)).Password`,
    ].join("\n"),
  dotenv: (variables, secret, alsoSecret) =>
    [...variables.map(({ name, value }) => `${name}="${value}"`), ...[secret, ...alsoSecret].map((name) => `${name}=""`)].join("\n"),
};

function use(client: Client, shell: Shell, host: string): Snippet[] {
  const load = shell === "dotenv" ? [loadDotenv(client)] : [];
  return [...load, ...kUses[client](shell, host)].map((snippet, index) => ({ ...snippet, title: `${index + 2}. ${snippet.title}` }));
}

function loadDotenv(client: Client): Snippet {
  if (client === "python2" || client === "python0") {
    return {
      title: "Load the file",
      about: "From Python, with the package `python-dotenv`, before `cript` is opened.",
      where: "Python",
      code: "# python -m pip install python-dotenv\nfrom dotenv import load_dotenv\nload_dotenv()",
    };
  }
  return {
    title: "Load the file",
    about: "In the folder of the file. `set -a` exports all that it sets.",
    where: "bash or zsh",
    code: "set -a; . ./.env; set +a",
  };
}

function exportOf(secret: string, alsoSecret: readonly string[]): string {
  return ["export", secret, ...alsoSecret.map((name) => `${name}="$${secret}"`)].join(" ");
}

type WriteUse = (shell: Shell, host: string) => Snippet[];

const kUses: Readonly<Record<Client, WriteUse>> = {
  cpp: () => [
    {
      title: "Use libcript",
      about: "`Api::from_environment()` reads the variables above. Errors are values; each carries the server’s list of problems.",
      where: "main.cpp",
      code: [
        "#include <cript/cript.hpp>",
        "#include <iostream>",
        "",
        "int main() {",
        "  auto api = cript::Api::from_environment();",
        "  if (!api) {",
        "    std::cerr << api.error() << '\\n';",
        "    return 1;",
        "  }",
        "  auto me = api->whoami();",
        "  if (!me) {",
        "    std::cerr << me.error() << '\\n';",
        "    return 1;",
        "  }",
        "  std::cout << \"Connected as \" << me->username << '\\n';",
        "}",
      ].join("\n"),
    },
    {
      title: "Build",
      about: "libcript is found by CMake once it is installed.",
      where: "CMakeLists.txt",
      code: "find_package(cript REQUIRED)\ntarget_link_libraries(my_program PRIVATE cript::cript)",
    },
  ],
  cli: (shell) => [
    {
      title: "Use cript",
      about: "`whoami` tells whether server and token fit, `push` saves a project from a file, `pull` writes one to a file.",
      where: commandShellName(shell),
      code: 'cript whoami\ncript push FILE.json\ncript pull "PROJECT NAME" -o project.json',
    },
  ],
  python2: () => [
    {
      title: "Use the SDK",
      about: "For `cript` 2.x. With `None` it reads `CRIPT_HOST`, `CRIPT_TOKEN` and `CRIPT_STORAGE_TOKEN`.",
      where: "Python",
      code: [
        '# python -m pip install "cript==2.4.0"',
        "import cript",
        "",
        "with cript.API(host=None, api_token=None, storage_token=None) as api:",
        '    project = cript.Project(name="My first project")',
        "    api.save(project)",
      ].join("\n"),
    },
  ],
  python0: (_, host) => [
    {
      title: "Use the SDK",
      about: `For \`cript\` 0.5 and 0.6, which need Python 3.9 to 3.11.${isPlain(host) ? " `tls=False`, because this server speaks plain HTTP." : ""}`,
      where: "Python",
      code: [
        '# python -m pip install "cript==0.6.3"',
        "import os",
        "import cript",
        "",
        `api = cript.API(os.environ["CRIPT_HOST"], os.environ["CRIPT_API_KEY"]${isPlain(host) ? ", tls=False" : ""})`,
        "print(api.user)",
      ].join("\n"),
    },
  ],
  curl: (shell) => [
    {
      title: "Ask who you are",
      about: "The variable holds the whole text, the word `Token` included, so it is the header’s value as it stands.",
      where: commandShellName(shell),
      code: curlCommand(shell, "/account"),
    },
    {
      title: "List projects",
      about: "The answer has 25 at most; `after=UUID` goes on from the last.",
      where: commandShellName(shell),
      code: curlCommand(shell, "/search/project/?limit=25"),
    },
  ],
};

/** Commands of a client are typed into a shell also when the environment comes from a file. */
function commandShellName(shell: Shell): string {
  return shell === "dotenv" ? "bash or zsh" : kShellNames[shell];
}

function isPlain(host: string): boolean {
  return host.startsWith("http:");
}

function curlCommand(shell: Shell, path: string): string {
  const isPowerShell = shell === "powershell";
  const program = isPowerShell ? "curl.exe" : "curl";
  const [key, host] = isPowerShell ? ["$env:CRIPT_API_KEY", "$env:CRIPT_HOST"] : ["$CRIPT_API_KEY", "$CRIPT_HOST"];
  const breakLine = isPowerShell ? "`" : "\\";
  return `${program} --header "Authorization: ${key}" ${breakLine}\n  "${host}/api/v1${path}"`;
}
