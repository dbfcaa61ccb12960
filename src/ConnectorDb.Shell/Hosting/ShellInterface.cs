using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell.Hosting;

/// <summary>Output goes to standard output; errors, warnings, verbose and debug messages and progress to standard error.</summary>
internal sealed class ShellInterface(ConsoleScreen screen, Action stop) : PSHostUserInterface
{
    private readonly Questions _questions = new(screen, stop);

    private bool _showingError;

    public override PSHostRawUserInterface RawUI { get; } = new ShellWindow(screen);

    public override bool SupportsVirtualTerminal => screen.OutputIsTerminal;

    public override void Write(string value)
    {
        if (_showingError)
        {
            screen.WriteError(GetOutputString(value, screen.ErrorIsTerminal));
        }
        else
        {
            screen.Write(GetOutputString(value, screen.OutputIsTerminal));
        }
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(
        PSStyle.MapForegroundColorToEscapeSequence(foregroundColor)
        + PSStyle.MapBackgroundColorToEscapeSequence(backgroundColor)
        + value
        + PSStyle.Instance.Reset);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value) => Error(value);

    public override void WriteWarningLine(string message) => Error($"{PSStyle.Instance.Formatting.Warning}WARNING: {message}{PSStyle.Instance.Reset}");

    public override void WriteVerboseLine(string message) => Error($"{PSStyle.Instance.Formatting.Verbose}VERBOSE: {message}{PSStyle.Instance.Reset}");

    public override void WriteDebugLine(string message) => Error($"{PSStyle.Instance.Formatting.Debug}DEBUG: {message}{PSStyle.Instance.Reset}");

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            screen.EndProgress();
        }
        else
        {
            screen.Progress(ProgressText.Of(record));
        }
    }

    public override string ReadLine() => _questions.Line();

    public override SecureString ReadLineAsSecureString() => _questions.Secret();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        _questions.Fields(caption, message, descriptions);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        _questions.Choice(caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        _questions.Credential(caption, message, userName);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => _questions.Credential(caption, message, userName);

    public void ShowAsError(Action write)
    {
        _showingError = true;
        try
        {
            write();
        }
        finally
        {
            _showingError = false;
        }
    }

    private void Error(string text) => screen.WriteError(GetOutputString(text, screen.ErrorIsTerminal) + Environment.NewLine);
}
