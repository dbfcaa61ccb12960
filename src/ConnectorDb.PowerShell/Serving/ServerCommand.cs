using System.Diagnostics;

namespace ConnectorDb.PowerShell.Serving;

/// <summary>The command line and environment variables of a server process.</summary>
internal sealed record ServerCommand(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Variables)
{
    public ProcessStartInfo ToStartInfo()
    {
        ProcessStartInfo start = new(Words[0], Words.Skip(1));
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
