using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;

namespace ConnectorDb.PowerShell.Tests.Hosting;

/// <summary>A runspace of its own, in which the built module is imported by its manifest.</summary>
public sealed class ModuleSession : IDisposable
{
    private readonly Runspace _runspace;

    /// <param name="host">The host; null for one without a user.</param>
    public ModuleSession(PSHost? host = null)
    {
        _runspace = host is null ? RunspaceFactory.CreateRunspace(State()) : RunspaceFactory.CreateRunspace(host, State());
        _runspace.Open();
        Get("Import-Module $args[0]", Repository.Manifest);
    }

    /// <summary>Runs the script; its errors are in the result, the one that ends it too.</summary>
    /// <param name="script">The text, as one would type it.</param>
    /// <param name="arguments">Its <c>$args</c>.</param>
    public ScriptResult Run(string script, params object?[] arguments)
    {
        using var pipeline = Start(script, arguments);
        var output = new PSDataCollection<PSObject?>();
        var errors = new List<ErrorRecord>();
        try
        {
            pipeline.Invoke(null, output);
            errors.AddRange(pipeline.Streams.Error);
        }
        catch (RuntimeException e)
        {
            errors.AddRange(pipeline.Streams.Error);
            errors.Add(e.ErrorRecord);
        }

        return new ScriptResult(
            [.. output],
            errors,
            [.. pipeline.Streams.Warning.Select(w => w.Message)],
            [.. pipeline.Streams.Verbose.Select(v => v.Message)]);
    }

    /// <summary>Runs a script that must report no error; the answer is its output.</summary>
    public IReadOnlyList<PSObject?> Get(string script, params object?[] arguments)
    {
        var result = Run(script, arguments);
        return result.Errors.Count == 0
            ? result.Output
            : throw new InvalidOperationException($"{result.Errors[0].FullyQualifiedErrorId}: {result.Errors[0]}", result.Errors[0].Exception);
    }

    /// <summary>A pipeline in this runspace that is not yet running, for tests that stop it or read while it runs.</summary>
    public System.Management.Automation.PowerShell Start(string script, params object?[] arguments)
    {
        var pipeline = System.Management.Automation.PowerShell.Create(_runspace).AddScript(script);
        foreach (var argument in arguments)
        {
            pipeline.AddArgument(argument);
        }

        return pipeline;
    }

    /// <summary>Gives the runspace a variable.</summary>
    public void Set(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    public void Dispose() => _runspace.Dispose();

    /// <summary>Without a policy of their own, runspaces on Windows have that of the machine, which may allow no script and no module.</summary>
    private static InitialSessionState State()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        }

        return state;
    }
}
