using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>One step to install or remove a service.</summary>
internal abstract record ServiceStep
{
    /// <summary>The equivalent command line for a shell of the platform.</summary>
    public abstract string Line { get; }

    /// <exception cref="ServiceException">The step failed.</exception>
    public abstract void Run();
}
