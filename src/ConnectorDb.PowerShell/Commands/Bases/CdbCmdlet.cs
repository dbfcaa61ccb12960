using System.Management.Automation;
using System.Runtime.CompilerServices;
using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Commands.Bases;

/// <summary>The base of all cmdlets: a token that Ctrl+C cancels, and exceptions of the model as error records.</summary>
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

    /// <summary>Runs an action and reports an exception of the model as a non-terminating error.</summary>
    /// <param name="action">The action.</param>
    /// <param name="target">The argument as the user typed it; null for the target that the exception names.</param>
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

        string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == FileSystem
            ? full
            : throw new InvalidValueException($"'{path}' is not a file; it is a path of the provider {provider.Name}. Give a path in the file system.", path);
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

    /// <summary>True when the first error ends the pipeline: <c>-ErrorAction Stop</c>, or the preference.</summary>
    private protected bool StopsAtError
    {
        get
        {
            const string Action = "ErrorAction";
            object? wanted = MyInvocation.BoundParameters.TryGetValue(Action, out object? given) ? given : SessionState.PSVariable.GetValue("ErrorActionPreference");
            return LanguagePrimitives.TryConvertTo(wanted, out ActionPreference preference) && preference == ActionPreference.Stop;
        }
    }

    /// <summary>True when the user gave the parameter, with any value.</summary>
    private protected bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>The value of a parameter; null when the user did not give it.</summary>
    private protected T? IfGiven<T>(T value, [CallerArgumentExpression(nameof(value))] string parameter = "")
        where T : struct
        => Given(parameter) ? value : null;

    /// <inheritdoc cref="IfGiven{T}(T, string)"/>
    private protected bool? IfGiven(SwitchParameter value, [CallerArgumentExpression(nameof(value))] string parameter = "")
        => Given(parameter) ? value.IsPresent : null;
}
