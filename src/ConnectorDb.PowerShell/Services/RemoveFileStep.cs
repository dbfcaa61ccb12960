using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Removes the definition file.</summary>
internal sealed record RemoveFileStep(string Path) : ServiceStep
{
    public override string Line => $"sudo rm '{Path}'";

    public override void Run()
    {
        try
        {
            File.Delete(Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ServiceException($"'{Path}' cannot be removed: {error.Message}", Path, error);
        }
    }
}
