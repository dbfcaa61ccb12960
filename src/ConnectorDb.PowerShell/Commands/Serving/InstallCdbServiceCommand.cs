using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Commands.Bases;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Serving;
using ConnectorDb.PowerShell.Services;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Has the system start a server, and start it again when it fails. What is installed already is brought up to date.</summary>
[Cmdlet(VerbsLifecycle.Install, "CdbService", SupportsShouldProcess = true)]
[OutputType(typeof(CdbService))]
public sealed partial class InstallCdbServiceCommand : ServiceCdbCmdlet
{
    private const int FirstFreePort = 1024;

    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Url { get; set; } = ["http://127.0.0.1:3124"];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Poll { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Config { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary? Setting { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Account { get; set; }

    [Parameter]
    public SwitchParameter Start { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DefinitionFolder { get; set; }

    private bool IsForMachine => Scope == ServiceScope.AllUsers;

    protected override void Process()
    {
        ServiceOrder order = Order();
        WarnOfBarriers(order);
        if (DefinitionFolder is null)
        {
            Install(order);
        }
        else
        {
            Write(order, FilePath(DefinitionFolder));
        }
    }

    private ServiceOrder Order()
    {
        string? store = Path is not null ? FilePath(Path)
            : IsForMachine ? System.IO.Path.Combine(Platform.DataFolder(Name), "store.cdb")
            : null;
        string? poll = Existing(Poll);
        if (poll is not null)
        {
            PollEngine.Read(poll);
        }

        string?[] arguments =
        [
            .. store is null ? [] : new[] { "--store", store },
            "--url", string.Join(';', Url),
            .. poll is null ? [] : new[] { "--poll", poll },
            .. Existing(Config) is { } config ? ["--config", config] : Array.Empty<string>(),
            .. Settings(),
        ];
        ServerCommand command = ServerStart.Of(arguments.OfType<string>());
        return new ServiceOrder
        {
            Name = Name,
            Scope = Scope,
            Account = IsForMachine ? Account : null,
            Command = command.Words,
            Variables = command.Variables,
            Changes = [.. new[] { store, poll }.OfType<string>()],
            Polls = poll is not null,
            NeedsLowPort = Url.Any(IsLowPort),
            Start = Start,
        };
    }

    /// <exception cref="NotFoundException">There is no such file.</exception>
    private string? Existing(string? path)
    {
        string? file = path is null ? null : FilePath(path);
        return file is null || File.Exists(file) ? file : throw new NotFoundException($"There is no file '{file}'.", path);
    }

    /// <exception cref="InvalidValueException">One is a secret.</exception>
    private IEnumerable<string> Settings()
        => from DictionaryEntry setting in Setting ?? new Hashtable()
           let name = $"{setting.Key}"
           select SecretName().IsMatch(name)
               ? throw new InvalidValueException($"'{name}' is a secret, and everybody can read how a service is defined. Put it into a settings file that only the account of the service can read, and name that with -Config.", name)
               : $"--{name}={LanguagePrimitives.ConvertTo<string>(setting.Value)}";

    private static bool IsLowPort(string url) => Uri.TryCreate(url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out Uri? address) && address.Port < FirstFreePort;

    private void WarnOfBarriers(ServiceOrder order)
    {
        if (!IsForMachine || Account is not null)
        {
            return;
        }

        string? poll = order.Polls ? order.Changes[^1] : null;
        foreach (string file in new[] { order.Command[0], ServerFiles.Program, poll }.OfType<string>())
        {
            if (ReadableByAll.FindBarrier(file) is { } barrier)
            {
                WriteWarning($"The account of the service cannot read '{file}': '{barrier}' is closed to others. {(file == poll ? "Move the file to a folder that all accounts can read" : "Install the module for all users (Install-PSResource ConnectorDb -Scope AllUsers), import it from there")}, or let the service run as an account that can read it (-Account); then install the service again.");
            }
        }
    }

    private void Write(ServiceOrder order, string folder)
    {
        if (!ShouldProcess(folder, $"Write what defines the service '{Name}'"))
        {
            return;
        }

        string file = Platform.DefinitionPath(Name, Scope) ?? throw new NotAvailableException("Windows keeps services in its registry; there is no file that defines one. Leave -DefinitionFolder out.", DefinitionFolder);
        WriteStep write = new(System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)), Platform.Definition(order));
        write.Do();
        WriteObject(Describe(order, write.Path, CdbServiceState.Written));
    }

    private void Install(ServiceOrder order)
    {
        if (!ShouldProcess(Name, $"Have the system run {order.CommandLine}"))
        {
            return;
        }

        Platform.Check(Scope);
        order = order with { IsUpdate = ServiceInstaller.Exists(Name, Scope, Force) };
        ServiceInstaller.Do(Platform.Install(order), Scope, WriteVerbose, WriteWarning);
        WriteObject(Describe(order, Platform.DefinitionPath(Name, Scope), Platform.State(Name, Scope)));
        if (Platform.Remark(order) is { } remark)
        {
            WriteWarning(remark);
        }
    }

    private static CdbService Describe(ServiceOrder order, string? path, CdbServiceState state) => new()
    {
        Name = order.Name,
        Scope = order.Scope,
        State = state,
        DefinitionPath = path,
        CommandLine = order.CommandLine,
    };

    [GeneratedRegex("password|secret|token", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
