using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using ConnectorDb.PowerShell.Arguments;
using ConnectorDb.PowerShell.Completion;
using ConnectorDb.PowerShell.Loading;
using ConnectorDb.PowerShell.Services;
using ConnectorDb.PowerShell.Serving;

namespace ConnectorDb.PowerShell.Commands.Serving;

/// <summary>Installs a server as a service that the system starts, and restarts after a failure. Updates an installed service.</summary>
[Cmdlet(VerbsLifecycle.Install, "CdbService", SupportsShouldProcess = true)]
[OutputType(typeof(CdbService))]
public sealed partial class InstallCdbServiceCommand : ServiceCdbCmdlet
{
    private const int FirstFreePort = 1024;

    [Parameter(Position = 0)]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Path { get; set; }

    [Parameter]
    [NonEmpty]
    public string[] Url { get; set; } = [ServerSettings.DefaultUrl];

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Poll { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? Config { get; set; }

    [Parameter]
    [NonNull]
    [ArgumentCompleter(typeof(SettingCompleter))]
    public IDictionary? Setting { get; set; }

    [Parameter]
    [NonEmpty]
    public string? Account { get; set; }

    [Parameter]
    public SwitchParameter Start { get; set; }

    [Parameter]
    [NonEmpty]
    [ArgumentCompleter(typeof(FileCompleter))]
    public string? DefinitionFolder { get; set; }

    private bool IsForMachine => Scope == ServiceScope.AllUsers;

    protected override void Process()
    {
        ServiceDefinition service = Define();
        WarnOfUnreadableFiles(service);
        if (DefinitionFolder is null)
        {
            Install(service);
        }
        else
        {
            Write(service, FilePath(DefinitionFolder));
        }
    }

    private ServiceDefinition Define()
    {
        string? store = Path is not null ? Engine.Locate(FilePath(Path))
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
        return new ServiceDefinition
        {
            Name = Name,
            Scope = Scope,
            Account = IsForMachine ? Account : null,
            Command = command.Words,
            Variables = command.Variables,
            Changes = (string[])[.. new[] { store, poll }.OfType<string>()],
            Polls = poll is not null,
            NeedsLowPort = Url.Any(IsLowPort),
            Start = Start,
        };
    }

    /// <exception cref="NotFoundException">The file does not exist.</exception>
    private string? Existing(string? path)
    {
        string? file = path is null ? null : FilePath(path);
        return file is null || File.Exists(file) ? file : throw new NotFoundException($"There is no file '{file}'.", path);
    }

    /// <exception cref="InvalidValueException">A setting is a secret.</exception>
    private IEnumerable<string> Settings()
        => Setting?.Keys.Cast<object>().Select(key => $"{key}").FirstOrDefault(SecretName().IsMatch) is { } secret
            ? throw new InvalidValueException($"'{secret}' is a secret, but all users can read the definition of a service. Put the setting into a file that only the account of the service can read, and give the file with -Config.", secret)
            : ServerSettings.Of(Setting, FilePath);

    private static bool IsLowPort(string url) => Uri.TryCreate(url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out Uri? address) && address.Port < FirstFreePort;

    private void WarnOfUnreadableFiles(ServiceDefinition service)
    {
        if (!IsForMachine || Account is not null)
        {
            return;
        }

        string? poll = service.Polls ? service.Changes[^1] : null;
        foreach (string file in new[] { service.Command[0], ServerFiles.Program, poll }.OfType<string>())
        {
            if (WorldReadable.FindUnreadableAncestor(file) is { } unreadable)
            {
                WriteWarning($"The account of the service cannot read '{file}', because '{unreadable}' denies access to others. {(file == poll ? "Move the file to a folder that all accounts can read" : "Install the module for all users (Install-PSResource ConnectorDb -Prerelease -Scope AllUsers), import it from there")}, or give an account that can read the file with -Account. Then install the service again.");
            }
        }
    }

    private void Write(ServiceDefinition service, string folder)
    {
        if (!ShouldProcess(folder, $"Write the definition of the service '{Name}'"))
        {
            return;
        }

        string file = Platform.DefinitionPath(Name, Scope) ?? throw new NotAvailableException("Windows has no definition files for services. Omit -DefinitionFolder.", DefinitionFolder);
        WriteFileStep write = new(System.IO.Path.Combine(folder, System.IO.Path.GetFileName(file)), Platform.DefinitionText(service));
        write.Run();
        WriteVerbose($"Wrote the definition of the service '{Name}' to '{write.Path}'. Nothing was installed.");
        WriteObject(Describe(service, write.Path, CdbServiceState.Written));
    }

    private void Install(ServiceDefinition service)
    {
        if (!ShouldProcess(Name, $"Install the service {service.CommandLine}"))
        {
            WarnIfNotAvailable();
            return;
        }

        Platform.Check(Scope);
        service = service with { IsUpdate = ServiceInstaller.Exists(Name, Scope, Force) };
        ServiceInstaller.Run(Platform.Install(service), Scope, WriteVerbose, WriteWarning);
        WriteVerbose($"{(service.IsUpdate ? "Updated" : "Installed")} the service '{Name}'{(Start ? " and started it" : "")}.");
        if ((IsForMachine || Path is not null) && service.Changes[0] is var store && !File.Exists(store))
        {
            ReportMade($"The service makes a new store in '{store}' when it first starts.", isUnlikely: false, "");
        }

        WriteObject(Describe(service, Platform.DefinitionPath(Name, Scope), Platform.State(Name, Scope)));
        if (Platform.PostInstallHint(service) is { } hint)
        {
            WriteWarning(hint);
        }
    }

    // The preview is worth reading on a machine without services, too.
    private void WarnIfNotAvailable()
    {
        try
        {
            Platform.Check(Scope);
        }
        catch (NotAvailableException error)
        {
            WriteWarning($"Without -WhatIf: {error.Message}");
        }
    }

    private static CdbService Describe(ServiceDefinition service, string? path, CdbServiceState state) => new()
    {
        Name = service.Name,
        Scope = service.Scope,
        State = state,
        DefinitionPath = path,
        CommandLine = service.CommandLine,
    };

    [GeneratedRegex("password|secret|token", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
