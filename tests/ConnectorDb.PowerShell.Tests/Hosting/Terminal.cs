using System.Diagnostics;
using System.Text;

namespace ConnectorDb.PowerShell.Tests.Hosting;

/// <summary>The shell at a terminal of its own, lent by the program <c>script</c> of util-linux.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _screen = new();
    private int _seen;

    private Terminal(Process process) => _process = process;

    /// <summary>All that was written so far.</summary>
    public string Screen => _screen.ToString();

    /// <summary>Opens a terminal and waits for the prompt in it; skips the test where none can be had.</summary>
    public static Terminal Open()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "The program script of util-linux is not here to lend a terminal.");
        // With exec, no shell stays between the two that would heed Ctrl+C in its own way.
        var start = new ProcessStartInfo("/usr/bin/script", ["--quiet", "--return", "--command", $"exec '{string.Join("' '", ShellProcess.Command)}'", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["TERM"] = "xterm";
        start.Environment["SHELL"] = "/bin/sh";
        var terminal = new Terminal(Process.Start(start)!);
        terminal.WaitFor("> ");
        return terminal;
    }

    public void Type(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    /// <summary>Reads on until the text has been written.</summary>
    public void WaitFor(string text)
    {
        int found;
        while ((found = Screen.IndexOf(text, _seen, StringComparison.Ordinal)) < 0)
        {
            if (!Read($"it wrote '{text}'"))
            {
                throw new EndOfStreamException($"The shell ended before it wrote '{text}'. On the screen: {Screen}");
            }
        }

        _seen = found + text.Length;
    }

    /// <summary>Waits until the shell is over.</summary>
    public int ExitCode()
    {
        while (Read("it ended"))
        {
        }

        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>Reads what comes next; false at the end.</summary>
    private bool Read(string awaited)
    {
        using var patience = new CancellationTokenSource(s_patience);
        var buffer = new char[1024];
        try
        {
            var read = _process.StandardOutput.ReadAsync(buffer, patience.Token).AsTask().GetAwaiter().GetResult();
            _screen.Append(buffer, 0, read);
            return read > 0;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nothing came before {awaited}. On the screen: {Screen}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
