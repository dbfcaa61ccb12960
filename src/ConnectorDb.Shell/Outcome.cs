namespace ConnectorDb.Shell;

/// <summary>How a pipeline ended.</summary>
internal enum Outcome
{
    Finished,

    /// <summary>By an error that nothing caught; it has been shown.</summary>
    Failed,

    /// <summary>By Ctrl+C.</summary>
    Stopped,

    /// <summary>By <c>exit</c>: the session is over and has a <see cref="Session.RequestedExitCode"/>.</summary>
    Exited,
}
