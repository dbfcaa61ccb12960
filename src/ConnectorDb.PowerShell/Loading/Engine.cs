using ConnectorDb.Columns;
using ConnectorDb.Contracts;
using ConnectorDb.Core.Client;
using ConnectorDb.Core.Client.Remote;
using ConnectorDb.Core.Csv;
using ConnectorDb.Core.Engine;
using ConnectorDb.Core.Files;
using ConnectorDb.Core.Hosting;
using ConnectorDb.Core.PipeScript;
using ConnectorDb.Core.PipeScript.Interpolators;
using ConnectorDb.Core.PipeScript.Language;
using ConnectorDb.Core.PipeScript.Transforms;
using ConnectorDb.Core.Schemas;

namespace ConnectorDb.PowerShell.Loading;

/// <summary>Calls the engine; the first call loads its assembly.</summary>
internal static class Engine
{
    /// <exception cref="CdbException">The store cannot be opened, or the login fails.</exception>
    public static ICdbClient Open(string? path, CdbPath? identity, string? apiKey, string? userName, string? password, bool mustExist)
        => EmbeddedClient.Open(new EmbeddedOptions
        {
            Path = path,
            As = identity,
            ApiKey = apiKey,
            UserName = userName,
            Password = password,
            MustExist = mustExist,
        });

    /// <summary>Why a value does not satisfy a schema; null if it does.</summary>
    public static string? FaultOf(DataValue value, string schema) => SchemaCheck.FaultOf(value, schema);

    /// <inheritdoc cref="DefinitionRules.Check"/>
    public static void CheckDefinition(CdbPath path, object definition, bool isNew) => DefinitionRules.Check(path, definition, isNew);

    /// <inheritdoc cref="Spelling.Nearest"/>
    public static string? Nearest(string written, IEnumerable<string> names) => Spelling.Nearest(written, names);

    /// <summary>True for the address of a database, in the place of a path.</summary>
    public static bool IsDatabase(string? path) => StoreFactory.IsDatabase(path);

    /// <summary>The full path of a store; without a path, of the store of the account.</summary>
    /// <exception cref="StoreException">The path cannot be the path of a file.</exception>
    public static string Locate(string? path) => EmbeddedClient.Locate(path);

    /// <inheritdoc cref="StoreFactory.Check"/>
    public static void CheckStore(string path) => StoreFactory.Check(path);

    /// <summary>The outermost folder that opening a store would create; null for none.</summary>
    /// <exception cref="StoreException">The path cannot be the path of a file.</exception>
    public static string? FolderToCreate(string? path) => IsDatabase(path) ? null : MissingFile.FolderToCreate(Locate(path));

    /// <summary>True for a file without a byte, which opening makes a new store.</summary>
    /// <exception cref="StoreException">The path cannot be the path of a file.</exception>
    public static bool IsEmpty(string? path) => !IsDatabase(path) && LoggerFiles.IsEmpty(Locate(path));

    /// <summary>The message about a new store.</summary>
    /// <param name="folder">The outermost folder that was created too; null for none.</param>
    /// <param name="wasEmpty">The file existed, without a byte.</param>
    public static string Made(string store, string? folder, bool wasEmpty)
        => wasEmpty ? $"Made a new store in '{store}', which was an empty file."
            : $"Made {(folder is null ? "" : $"the folder '{folder}' and ")}a new store in '{store}'.";

    /// <summary>The path of the store that the connection has open; null without a connection and for a server.</summary>
    public static string? StoreOf(CdbConnection? connection)
        => connection is { IsOpen: true, Client: EmbeddedClient store } ? store.Location : null;

    /// <exception cref="CdbException">The server cannot be reached, or the login fails.</exception>
    public static Task<ICdbClient> ConnectAsync(ServerLogin login, CancellationToken cancellation)
        => RemoteClient.OpenAsync(
            new RemoteOptions
            {
                Url = login.Url,
                ApiKey = login.ApiKey,
                UserName = login.Credential?.UserName,
                Password = login.Credential?.Password,
                Proxy = login.Proxy,
                ProxyCredential = login.ProxyCredential,
                CertificateAuthority = login.CertificateAuthority is { } file ? RemoteOptions.ReadAuthority(file) : null,
                SkipCertificateCheck = login.SkipCertificateCheck,
                Timeout = login.Timeout,
            },
            cancellation);

    /// <summary>Starts a script; the first function takes blocks of datapoints, and the second ends the script.</summary>
    /// <exception cref="ScriptSyntaxException">The text is not a valid script.</exception>
    public static (Func<Block, IEnumerable<Block>> Push, Func<IEnumerable<Block>> Finish) Start(string script)
    {
        ScriptExecution run = Script.Parse(script).Start();
        return (run.Push, run.Finish);
    }

    /// <summary>The names of the columns of a CSV file.</summary>
    /// <exception cref="CdbException">The file cannot be read, or has no columns.</exception>
    public static IReadOnlyList<string> CsvColumns(string path) => CsvHeader.Read(path);

    /// <summary>All transforms, by name.</summary>
    public static IEnumerable<TransformInfo> Transforms
        => TransformCatalog.All.Values.Select(transform => transform.Info).OrderBy(info => info.Name, StringComparer.Ordinal);

    /// <summary>All interpolators, by name.</summary>
    public static IEnumerable<InterpolatorInfo> Interpolators
        => InterpolatorCatalog.All.Values.Select(interpolator => interpolator.Info).OrderBy(info => info.Name, StringComparer.Ordinal);
}
