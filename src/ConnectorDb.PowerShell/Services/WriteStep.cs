using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Writes the definition in one step, readable by all: there is no secret in it.</summary>
internal sealed record WriteStep(string Path, string Text) : ServiceStep
{
    public override string Line => $"sudo tee '{Path}' > /dev/null <<'END'\n{Text}END";

    public override void Do()
    {
        string aside = Path + ".new";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            File.WriteAllText(aside, Text);
            File.Move(aside, Path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException($"'{Path}' cannot be written: {error.Message}", Path, error);
        }
    }
}
