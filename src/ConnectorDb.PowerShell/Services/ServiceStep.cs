namespace ConnectorDb.PowerShell.Services;

/// <summary>One thing that is done to install a service, and the line by which an administrator would do it.</summary>
internal abstract record ServiceStep
{
    /// <summary>For a shell of the platform.</summary>
    public abstract string Line { get; }

    /// <exception cref="ServiceException">It failed; the message says how.</exception>
    public abstract void Do();
}
