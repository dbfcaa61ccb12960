namespace ConnectorDb.Shell;

/// <summary>What the process answers when the script itself named no code; the values are those of pwsh.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    public const int Failure = 1;

    /// <summary>The command line names no script that can be run.</summary>
    public const int Usage = 64;

    /// <summary>Stopped by Ctrl+C: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
