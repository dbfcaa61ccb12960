using ConnectorDb.PowerShell.Errors;

namespace ConnectorDb.PowerShell.Services;

/// <summary>Removes the definition.</summary>
internal sealed record RemoveStep(string Path) : ServiceStep
{
    public override string Line => $"sudo rm '{Path}'";

    public override void Do()
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
