namespace ConnectorDb.Core.Client.Exchange;

/// <summary>
/// A folder that is called by its name only when all of it is there. Until then it lies beside, under a name that says so, and it is
/// removed when it is disposed of unfinished.
/// </summary>
internal sealed class UnfinishedFolder : IDisposable
{
    private readonly string _target;
    private bool _isFinished;

    /// <exception cref="NameTakenException">Something of that name is there.</exception>
    public UnfinishedFolder(string target)
    {
        if (System.IO.Path.Exists(target))
        {
            throw new NameTakenException($"'{target}' is there already. Export to another folder, or remove this one first.", target);
        }

        _target = target;
        Path = target + ExportNames.Unfinished + Guid.NewGuid().ToString("N")[..8];
        PrivateFiles.CreateFolder(Path);
    }

    /// <summary>Where it lies until it is finished.</summary>
    public string Path { get; }

    /// <summary>It was neither finished, nor could it be removed.</summary>
    public bool IsLeft { get; private set; }

    public void Finish()
    {
        PrivateFiles.Try(_target, "made", () => Directory.Move(Path, _target));
        _isFinished = true;
    }

    public void Dispose()
    {
        if (_isFinished)
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            IsLeft = Directory.Exists(Path);
        }
    }
}
