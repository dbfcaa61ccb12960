using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Writes the definition file atomically. All accounts can read the file; it contains no secrets.</summary>
internal sealed record WriteFileStep(string Path, string Text) : ServiceStep
{
    public override string Line => $"sudo tee '{Path}' > /dev/null <<'END'\n{Text}END";

    public override void Run()
    {
        string temporary = Path + ".new";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            File.WriteAllText(temporary, Text);
            File.Move(temporary, Path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException($"'{Path}' cannot be written: {error.Message}", Path, error);
        }
    }
}
