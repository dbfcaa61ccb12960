using System.ComponentModel;
using System.Text;
using ConnectorDb.Core.Files;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>
/// Samples the output of a script in a file, as the account of the poller: the last object of a PowerShell script, or the output of another
/// executable file. A file is refused if other accounts may write it, because they would get the rights of this account.
/// </summary>
[Sampler("script", "The last output of a PowerShell script in a file, or what an executable file writes.", Argument = "PATH [| ARGUMENT], such as '/etc/connectordb/freezer.ps1 | attic'. Others must not be able to write the file and its folder.")]
internal sealed class ScriptFileSampler : Sampler
{
    private const string Shell = "pwsh";
    private const string Extension = ".ps1";
    private const string ScriptVariable = "CONNECTORDB_SCRIPT";
    private const string ArgumentVariable = "CONNECTORDB_ARGUMENT";

    /// <summary>The maximum number of characters of the output.</summary>
    private const int MostOutput = 4 * 1024 * 1024;

    /// <summary>Runs the script with its argument, as a hashtable would be changed by text.</summary>
    private const string Call = $$"""$ErrorActionPreference = 'Stop'; $given = @(if ($env:{{ArgumentVariable}}) { $env:{{ArgumentVariable}} }); try { & $env:{{ScriptVariable}} @given | Select-Object -Last 1 | ConvertTo-Json -Compress -Depth 20 } catch { [Console]::Error.WriteLine("$_"); exit 1 }""";

    private readonly string _path;
    private readonly string? _argument;

    public ScriptFileSampler(SamplerContext context)
        : base(context)
    {
        string[] parts = context.RequiredArgument.Split('|', 2, StringSplitOptions.TrimEntries);
        (_path, _argument) = (parts[0], parts.ElementAtOrDefault(1));
        if (!Path.IsPathFullyQualified(_path))
        {
            throw new InvalidValueException($"'{TextValue.Shorten(_path)}' is not the full path of a script. Give one such as '/etc/connectordb/freezer.ps1'.", _path);
        }
    }

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        Check();
        StringBuilder output = new();
        try
        {
            bool isPowerShell = _path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
            Dictionary<string, string?> variables = new() { [ScriptVariable] = _path, [ArgumentVariable] = _argument };
            ProgramOutput ended = isPowerShell
                ? await ProgramOutput.ReadAsync(ShellPath(), ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", Call], Add, cancellation, variables).ConfigureAwait(false)
                : await ProgramOutput.ReadAsync(_path, _argument is null ? [] : [_argument], Add, cancellation).ConfigureAwait(false);
            if (ended.ExitCode != 0)
            {
                throw NoValue($"The script '{_path}' ended with exit code {ended.ExitCode}{(ended.Errors.Length > 0 ? $": {TextValue.Shorten(ended.Errors)}" : " and wrote nothing to standard error.")}");
            }
        }
        catch (Win32Exception error)
        {
            throw NoValue($"The script '{_path}' cannot be started: {error.Message}", error);
        }

        DataValue value = output.Length == 0 ? throw NoValue($"The script '{_path}' has no output.") : TextValue.Read(output.ToString());
        return TextValue.FaultOf(value) is { } fault ? throw NoValue($"The script '{_path}' wrote {fault}") : value;

        void Add(string line)
        {
            if (output.Length + line.Length > MostOutput)
            {
                throw NoValue($"The script '{_path}' wrote more than {MostOutput} characters.");
            }

            output.Append(output.Length > 0 ? "\n" : "").Append(line);
        }
    }

    /// <summary>The shell of this process, if it is one: the service may run in it, without one elsewhere.</summary>
    private static string ShellPath()
        => Environment.ProcessPath is { } own && string.Equals(Path.GetFileNameWithoutExtension(own), Shell, StringComparison.OrdinalIgnoreCase) ? own : Shell;

    private void Check()
    {
        try
        {
            string file = File.ResolveLinkTarget(_path, returnFinalTarget: true)?.FullName ?? _path;
            if (!File.Exists(file))
            {
                throw NoValue($"There is no script '{_path}'.");
            }

            foreach (string place in (string[])[file, Path.GetDirectoryName(file)!, Path.GetDirectoryName(_path)!])
            {
                if (FileRights.IsWritableByOthers(place))
                {
                    throw NoValue($"The script '{_path}' is not run, because other accounts may write '{place}' and would get the rights of the account {Environment.UserName}. Take them that permission: chmod go-w '{place}' (on Windows icacls).");
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NoValue($"The script '{_path}' cannot be read: {FileAccessException.ReasonOf(error, _path)}", error);
        }
    }
}
