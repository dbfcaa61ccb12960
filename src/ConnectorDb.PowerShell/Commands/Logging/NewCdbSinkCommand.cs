using System.Collections;
using System.Management.Automation;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.Sinks;

namespace ConnectorDb.PowerShell.Commands.Logging;

/// <summary>Describes where a logger sends to. Nothing is connected yet.</summary>
[Cmdlet(VerbsCommon.New, "CdbSink", SupportsShouldProcess = true)]
[OutputType(typeof(SinkSettings))]
public sealed class NewCdbSinkCommand : CdbCmdlet
{
    private const string ConnectorDbSet = "ConnectorDb";
    private const string InfluxDbSet = "InfluxDb";
    private const string InitialStateSet = "InitialState";
    private const string GrafanaSet = "GrafanaAnnotation";
    private const string JsonSet = "JsonFile";
    private const string CsvSet = "CsvFile";
    private const string ScriptSet = "ScriptBlock";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(ParameterSetName = ConnectorDbSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ConnectorDb { get; set; } = "";

    [Parameter(ParameterSetName = InfluxDbSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string InfluxDb { get; set; } = "";

    [Parameter(ParameterSetName = InitialStateSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string InitialState { get; set; } = "";

    [Parameter(ParameterSetName = GrafanaSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string GrafanaAnnotation { get; set; } = "";

    [Parameter(ParameterSetName = JsonSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string JsonFile { get; set; } = "";

    [Parameter(ParameterSetName = CsvSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string CsvFile { get; set; } = "";

    [Parameter(ParameterSetName = ScriptSet, Mandatory = true)]
    [ValidateNotNull]
    public ScriptBlock? ScriptBlock { get; set; }

    [Parameter(ParameterSetName = ConnectorDbSet)]
    [Parameter(ParameterSetName = InitialStateSet)]
    [Alias("AccessKey")]
    [SecretArgument]
    public SecretText? ApiKey { get; set; }

    [Parameter(ParameterSetName = ConnectorDbSet)]
    [Parameter(ParameterSetName = InfluxDbSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter(ParameterSetName = ConnectorDbSet)]
    [ValidateNotNullOrEmpty]
    public string? As { get; set; }

    [Parameter(ParameterSetName = ConnectorDbSet)]
    public SwitchParameter Restamp { get; set; }

    [Parameter(ParameterSetName = ConnectorDbSet)]
    public PointLayout PointLayout { get; set; }

    [Parameter(ParameterSetName = InfluxDbSet, Mandatory = true)]
    [Alias("Bucket")]
    [ValidateNotNullOrEmpty]
    public string Database { get; set; } = "";

    [Parameter(ParameterSetName = InfluxDbSet)]
    [ValidateRange(1, 3)]
    public int Version { get; set; } = 2;

    [Parameter(ParameterSetName = InfluxDbSet)]
    public SwitchParameter CreateDatabase { get; set; }

    [Parameter(ParameterSetName = InfluxDbSet)]
    public string? Organization { get; set; }

    [Parameter(ParameterSetName = InfluxDbSet)]
    public string? RetentionPolicy { get; set; }

    [Parameter(ParameterSetName = InfluxDbSet)]
    public IDictionary? Tag { get; set; }

    [Parameter(ParameterSetName = InfluxDbSet)]
    public SwitchParameter FloatsOnly { get; set; }

    [Parameter(ParameterSetName = InfluxDbSet)]
    [Parameter(ParameterSetName = GrafanaSet, Mandatory = true)]
    [SecretArgument]
    public SecretText? Token { get; set; }

    [Parameter(ParameterSetName = InitialStateSet)]
    [ValidateNotNullOrEmpty]
    public string? BucketName { get; set; }

    [Parameter(ParameterSetName = InitialStateSet)]
    [ValidateNotNullOrEmpty]
    public string? Url { get; set; }

    [Parameter(ParameterSetName = GrafanaSet)]
    [ValidateNotNullOrEmpty]
    public string? DashboardUid { get; set; }

    [Parameter(ParameterSetName = GrafanaSet)]
    public int? PanelId { get; set; }

    [Parameter(ParameterSetName = JsonSet)]
    [Parameter(ParameterSetName = CsvSet)]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxBytes { get; set; }

    [Parameter(ParameterSetName = JsonSet)]
    [Parameter(ParameterSetName = CsvSet)]
    public SwitchParameter Daily { get; set; }

    [Parameter(ParameterSetName = CsvSet)]
    [Alias("Bom")]
    public SwitchParameter ByteOrderMark { get; set; }

    private SecretText? Password => Credential is null ? null : new SecretText(Secret.Reveal(Credential.Password));

    protected override void End()
    {
        SinkSettings settings = Settings() with { Name = Name };
        Demand(() => Check(settings), settings.Location);
        if (ShouldProcess(settings.Location, "Describe the destination"))
        {
            WriteObject(settings);
        }
    }

    /// <summary>Makes the sink, which reaches out for nothing yet, so that an address that is none is said now and not at the first sending.</summary>
    private static SinkSettings Check(SinkSettings settings)
    {
        Answer.Of(LoggerEngine.OpenSink(settings).DisposeAsync());
        return settings;
    }

    private SinkSettings Settings() => ParameterSetName switch
    {
        ConnectorDbSet => ToConnectorDb(),
        InfluxDbSet => new InfluxDbSettings
        {
            Url = InfluxDb,
            Version = Version,
            Database = Database,
            CreateDatabase = CreateDatabase,
            Organization = Organization,
            RetentionPolicy = RetentionPolicy,
            Token = Token,
            UserName = Credential?.UserName,
            Password = Password,
            Tags = Tag?.Cast<DictionaryEntry>().ToDictionary(tag => $"{tag.Key}", tag => $"{tag.Value}"),
            FloatsOnly = FloatsOnly,
        },
        InitialStateSet => new InitialStateSettings { BucketKey = InitialState, BucketName = BucketName, AccessKey = ApiKey, Url = Url },
        GrafanaSet => new GrafanaSettings { Url = GrafanaAnnotation, Token = Token!, DashboardUid = DashboardUid, PanelId = PanelId },
        JsonSet => new JsonFileSettings { Path = FilePath(JsonFile), MaxBytes = MaxBytes, Daily = Daily },
        CsvSet => new CsvFileSettings { Path = FilePath(CsvFile), MaxBytes = MaxBytes, Daily = Daily, ByteOrderMark = ByteOrderMark },
        _ => new ScriptSinkSettings { Script = ScriptBlock!.ToString() },
    };

    /// <summary>A server by its address, or a store by its file.</summary>
    private ConnectorDbSettings ToConnectorDb()
    {
        bool isServer = ConnectorDb.Contains("://", StringComparison.Ordinal);
        return new ConnectorDbSettings
        {
            Url = isServer ? ConnectorDb : null,
            Path = isServer ? null : FilePath(ConnectorDb),
            ApiKey = ApiKey,
            UserName = Credential?.UserName,
            Password = Password,
            As = As,
            Restamp = Restamp,
            Points = PointLayout,
        };
    }
}
