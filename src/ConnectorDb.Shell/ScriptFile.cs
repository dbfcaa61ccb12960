using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConnectorDb.Shell;

/// <summary>A script on disk.</summary>
internal sealed class ScriptFile
{
    private ScriptFile(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="UsageException">There is no such file, or it is no script.</exception>
    public static ScriptFile At(string path)
    {
        var whole = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(whole))
        {
            throw new UsageException($"'{path}' is a folder. Give the path of a script file, for example {System.IO.Path.Combine(path, "script.ps1")}.");
        }

        if (!whole.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"'{path}' is not a script: its name does not end in .ps1. To run commands, use -Command.");
        }

        return File.Exists(whole)
            ? new ScriptFile(whole)
            : throw new UsageException($"There is no script '{path}' (looked for {whole}).");
    }

    /// <summary>
    /// The script as a block that knows its file, so that <c>$PSScriptRoot</c> and error positions are right and <c>exit</c>
    /// reaches the host: run as a file, the engine would keep the exit code to itself.
    /// </summary>
    /// <exception cref="ParseException">The script has syntax errors.</exception>
    public ScriptBlock Load()
    {
        var tree = Parser.ParseInput(File.ReadAllText(Path), Path, out _, out var errors);
        return errors.Length == 0 ? tree.GetScriptBlock() : throw new ParseException(errors);
    }
}
