using ConnectorDb.Shell.Hosting;
using ConnectorDb.Shell.Terminal;

namespace ConnectorDb.Shell;

/// <summary>Opens a session with the module loaded and runs in it what the command line asks for.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var screen = ConsoleScreen.Open();
        try
        {
            return CommandLine.Parse(arguments).Run(screen);
        }
        catch (UsageException e)
        {
            screen.WriteError(e.Message + Environment.NewLine);
            return ExitCode.Usage;
        }
    }
}
