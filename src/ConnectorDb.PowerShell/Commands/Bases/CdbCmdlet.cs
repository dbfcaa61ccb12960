using System.Management.Automation;
using ConnectorDb.Contracts;
using ConnectorDb.Logging;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Errors;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Scripts;
using ConnectorDb.PowerShell.Sessions;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>The base of all cmdlets: a token that Ctrl+C cancels, and exceptions of the model as error records.</summary>
public abstract partial class CdbCmdlet : PSCmdlet, IDynamicParameters, IDisposable
{
    private const string FileSystem = "FileSystem";
    private readonly CancellationTokenSource _stop = new();
    private readonly Action _process;
    private OperationTrace? _trace;

    protected CdbCmdlet()
    {
        _process = Process;
        _parameters = new ParameterCombination(GetType());
    }

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken Cancellation => _stop.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs before the first record; an error ends the cmdlet.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Runs for each record; an error is reported, and the next record follows.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Runs after the last record; an error is reported.</summary>
    protected virtual void End()
    {
    }

    protected virtual void Dispose(bool disposing)
    {
        _trace?.Close();
        _stop.Dispose();
    }

    protected sealed override void BeginProcessing()
    {
        // From here on, each object of the pipeline is bound to a set of its own.
        _parameters = null;

        // The row of another cmdlet is not that of this one.
        TableRow.Take();
        _trace = IsOn("Verbose", () => LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("VerbosePreference"), out ActionPreference preference) && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore))
            ? new OperationTrace(WriteVerbose)
            : null;
        OperationTrace? outer = EnterTrace();
        try
        {
            Begin();
        }
        catch (CdbException error)
        {
            ThrowTerminatingError(ErrorRecords.Of(error));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            LeaveTrace(outer);
        }
    }

    protected sealed override void ProcessRecord() => Try(_process);

    protected sealed override void EndProcessing() => Try(End);

    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Runs an action and reports an exception of the model as a non-terminating error.</summary>
    /// <param name="action">The action.</param>
    /// <param name="target">The argument as the user typed it; null for the target that the exception names.</param>
    protected void Try(Action action, object? target = null)
    {
        OperationTrace? outer = EnterTrace();
        try
        {
            action();
        }
        catch (CdbException error)
        {
            ShowTrace();
            WriteError(ErrorRecords.Of(error, target));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            LeaveTrace(outer);
        }
    }

    /// <summary>With -Verbose, traces this thread for this cmdlet, and not for another one of the pipeline.</summary>
    private OperationTrace? EnterTrace()
    {
        OperationTrace? outer = OperationTrace.Current;
        OperationTrace.Enter(_trace);
        return outer;
    }

    private void LeaveTrace(OperationTrace? outer)
    {
        ShowTrace();
        OperationTrace.Enter(outer);
    }

    // PowerShell takes no messages of a pipeline that is being stopped.
    private void ShowTrace()
    {
        if (!_stop.IsCancellationRequested)
        {
            _trace?.Show();
        }
    }

    /// <summary>Runs an action for each argument. An error is reported with the argument as its target, and the next one follows.</summary>
    private protected void ForEach<T>(IEnumerable<T> arguments, Action<T> action)
    {
        foreach (T argument in arguments)
        {
            Try(() => action(argument), argument);
        }
    }

    /// <summary>Outputs the elements one at a time.</summary>
    private protected void WriteEach<T>(IEnumerable<T> elements)
    {
        // Not WriteObject(elements, true), which hides the exceptions of a lazy enumeration in those of PowerShell.
        foreach (T element in elements)
        {
            WriteObject(element);
        }
    }

    /// <summary>Makes a value that the cmdlet needs; an exception of the model ends the cmdlet.</summary>
    private protected T Demand<T>(Func<T> make, object? target = null)
    {
        try
        {
            return make();
        }
        catch (CdbException error)
        {
            ThrowTerminatingError(ErrorRecords.Of(error, target));
            throw;
        }
    }

    /// <summary>Outputs a file or folder as Get-Item does: its table needs the properties that the provider adds.</summary>
    private protected void WriteFile(string path) => WriteObject(InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    /// <summary>Resolves the path of a store; the address of a database stays as it is.</summary>
    /// <exception cref="InvalidValueException">It belongs to another provider, such as the registry, or can name no file.</exception>
    private protected string StorePath(string path) => Engine.IsDatabase(path) ? path : FilePath(path);

    /// <summary>Resolves a path of the user to a full path in the file system; the file need not exist.</summary>
    /// <exception cref="InvalidValueException">The path belongs to another provider, such as the registry, or can name no file.</exception>
    private protected string FilePath(string path)
    {
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new InvalidValueException($"'{path.Replace("\0", @"\0", StringComparison.Ordinal)}' is not a path. Give the path of a file or folder.", path);
        }

        // The prefix of a long path of Windows has a question mark.
        if (path.AsSpan(path.StartsWith(@"\\?\", StringComparison.Ordinal) ? 4 : 0).ContainsAny('*', '?'))
        {
            throw new InvalidValueException($"'{path}' has a wildcard, but only a path without wildcards is possible here. Give the path of one file or folder.", path);
        }

        string full;
        ProviderInfo provider;
        try
        {
            full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (System.Management.Automation.DriveNotFoundException)
        {
            throw new InvalidValueException($"'{path}' is neither the path of a file, because there is no drive '{path[..path.IndexOf(':', StringComparison.Ordinal)]}', nor the address of a server, which begins with http:// or https://.", path);
        }

        return provider.Name == FileSystem
            ? full
            : throw new InvalidValueException($"'{path}' is not a file; it is a path of the provider {provider.Name}. Give a path in the file system.", path);
    }

    /// <summary>Says that a file was made: a warning if it is probably not the one that the user meant, else information that the host shows.</summary>
    /// <param name="advice">What to do if it is not.</param>
    private protected void ReportMade(string made, bool isUnlikely, string advice)
    {
        if (isUnlikely)
        {
            WriteWarning($"{made} {advice}");
            return;
        }

        // Each message comes once: the host shows no information where standard output is redirected, but what -Verbose says.
        if (IsVerbose && !ShowsInformation)
        {
            WriteVerbose(made);
        }
        else
        {
            Inform(made);
        }
    }

    /// <summary>Says that a missing folder was made; null for none.</summary>
    private protected void ReportFolder(string? folder)
    {
        if (folder is not null)
        {
            ReportMade($"Made the folder '{folder}'.", isUnlikely: false, "");
        }
    }

    /// <summary>Writes a message that the user sees at the prompt.</summary>
    private protected void Inform(string message)
    {
        // The host shows information with this tag, as that of Write-Host, without a preference of the user. It goes to standard output,
        // where a program that reads the results of pwsh would take it for one.
        const string ShownByHost = "PSHOST";
        WriteInformation(new HostInformationMessage { Message = message }, ShowsInformation ? [ShownByHost, nameof(ConnectorDb)] : [nameof(ConnectorDb)]);
    }

    private static bool ShowsInformation => !Console.IsOutputRedirected;

    /// <summary>Says which stores a sync has created.</summary>
    private protected void ReportNewStores(SyncResult result)
    {
        foreach (string store in result.NewStores)
        {
            ReportMade($"Made a new store in '{store}'.", isUnlikely: false, "");
        }
    }

    /// <summary>True when the user follows the steps: <c>-Verbose</c>, or the preference.</summary>
    private protected bool IsVerbose => _trace is not null;

    /// <summary>Makes a background script of a script block, with the variables and functions of this runspace.</summary>
    /// <param name="connection">Its default connection; null for that of this runspace.</param>
    private protected BackgroundScript Background(ScriptBlock script, CdbConnection? connection = null) => new(script, ScriptCaller(connection));

    /// <inheritdoc cref="Background"/>
    private protected ScriptCaller ScriptCaller(CdbConnection? connection = null)
    {
        RunspaceSession session = RunspaceSession.Current;
        return new ScriptCaller(this, runspace => RunspaceSession.Of(runspace).Borrow(session, connection));
    }

    // PowerShell drops the warnings of a pipeline that is being stopped, so the host writes them then.
    private protected void Warn(string message)
    {
        if (_stop.IsCancellationRequested)
        {
            Host.UI.WriteWarningLine(message);
        }
        else
        {
            WriteWarning(message);
        }
    }
}
