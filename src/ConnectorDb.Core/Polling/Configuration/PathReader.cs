using ConnectorDb.Core.Files;

namespace ConnectorDb.Core.Polling.Configuration;

/// <summary>Reads paths of files. They are relative to the folder of the configuration file.</summary>
/// <param name="path">The configuration file.</param>
internal sealed class PathReader(string path, ConfigErrors errors)
{
    /// <summary>The full path, or null when it has an error.</summary>
    /// <param name="example">The name of an example file.</param>
    public string? Read(string name, PositionedJson json, string example)
    {
        string file = PathCheck.FullPathOf(json.Text, Path.GetDirectoryName(path)!);
        if (PathCheck.FaultOf(file, example) is { } fault)
        {
            errors.Add(json, $"{name}: {fault}");
            return null;
        }

        return file;
    }
}
