using System.Management.Automation;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>
/// What all cmdlets share: one token that Ctrl+C cancels, and errors of the model as error records.
/// </summary>
public abstract class CdbCmdlet : PSCmdlet, IDisposable
{
    private const string FileSystem = "FileSystem";
    private readonly CancellationTokenSource _stop = new();
    private readonly Action _process;

    protected CdbCmdlet() => _process = Process;

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken Cancellation => _stop.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Before the first record; an error here ends the cmdlet.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>For each record; an error here is reported, and the next record follows.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>After the last record; an error here is reported.</summary>
    protected virtual void End()
    {
    }

    protected virtual void Dispose(bool disposing) => _stop.Dispose();

    protected sealed override void BeginProcessing()
    {
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
    }

    protected sealed override void ProcessRecord() => Try(_process);

    protected sealed override void EndProcessing() => Try(End);

    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Does it; an error of the model is reported with <paramref name="target"/>, what the user typed, and the cmdlet goes on.</summary>
    protected void Try(Action action, object? target = null)
    {
        try
        {
            action();
        }
        catch (CdbException error)
        {
            WriteError(ErrorRecords.Of(error, target));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Makes what the cmdlet cannot do without; an error of the model ends it.</summary>
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

    /// <summary>Where a file lies, or will lie, that the user calls <paramref name="path"/>.</summary>
    /// <exception cref="InvalidValueException">It is something else: a variable, a key of the registry.</exception>
    private protected string FilePath(string path)
    {
        string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == FileSystem
            ? full
            : throw new InvalidValueException($"'{path}' is no file: it names something of the provider {provider.Name}. Give a path in the file system.", path);
    }

    /// <summary>Warns of what the user has to know even of a pipeline that is being stopped, where nothing else is heard.</summary>
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

    /// <summary>The parameter was given, whatever its value.</summary>
    private protected bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
