using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Tests.Conventions;

/// <summary>Conventions for all cmdlets. Each failure names the cmdlet and the fix.</summary>
public sealed class CmdletConventionTests(ModuleCmdlets module) : IClassFixture<ModuleCmdlets>
{
    private static readonly string[] s_changingVerbs = ["Add", "Clear", "Import", "New", "Register", "Remove", "Reset", "Set", "Unregister"];

    private static readonly Type[] s_verbs =
    [
        typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic),
        typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity),
    ];

    [Fact]
    public void Every_cmdlet_has_a_file_named_after_it()
        => Rule.Holds(module.All.Where(c => !ModuleCmdlets.ClassNames().Contains(ModuleCmdlets.ClassName(c)))
            .Select(c => $"{c.Name}: there is no src/ConnectorDb.PowerShell/Commands/*/{ModuleCmdlets.ClassName(c)}.cs"));

    [Fact]
    public void Every_cmdlet_class_has_a_line_in_the_manifest()
        => Rule.Holds(ModuleCmdlets.ClassNames().Except(module.All.Select(ModuleCmdlets.ClassName))
            .Select(n => $"{n}.cs: ConnectorDb.psd1 has no line for it in CmdletsToExport"));

    [Fact]
    public void A_cmdlet_class_is_sealed_and_named_after_the_cmdlet()
        => Rule.Holds(module.All.Where(c => !c.ImplementingType.IsSealed || c.ImplementingType.Name != ModuleCmdlets.ClassName(c))
            .Select(c => $"{c.Name}: its class {c.ImplementingType.Name} should be the sealed class {ModuleCmdlets.ClassName(c)}"));

    [Fact]
    public void Verbs_are_approved()
    {
        HashSet<string> approved = [.. s_verbs.SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => f.Name)];
        Rule.Holds(module.All.Where(c => !approved.Contains(c.Verb)).Select(c => $"{c.Name}: {c.Verb} is not an approved verb"));
    }

    [Fact]
    public void Nouns_begin_with_Cdb_and_are_singular()
        => Rule.Holds(module.All.Where(c => !c.Noun.StartsWith("Cdb", StringComparison.Ordinal) || c.Noun.EndsWith('s')).Select(c => c.Name));

    [Fact]
    public void Every_cmdlet_declares_its_output_type()
        => Rule.Holds(module.All.Where(c => !c.ImplementingType.IsDefined(typeof(OutputTypeAttribute)))
            .Select(c => $"{c.Name}: it has no [OutputType]; use typeof(void) for no output"));

    [Fact]
    public void Cmdlets_that_change_something_have_WhatIf_and_Confirm()
        => Rule.Holds(module.All.Where(c => s_changingVerbs.Contains(c.Verb) && !Attribute(c).SupportsShouldProcess)
            .Select(c => $"{c.Name}: it needs SupportsShouldProcess"));

    [Fact]
    public void Cmdlets_that_remove_something_ask_for_confirmation()
        => Rule.Holds(module.All.Where(c => c.Verb is "Remove" or "Clear" && Attribute(c).ConfirmImpact != ConfirmImpact.High)
            .Select(c => $"{c.Name}: it needs ConfirmImpact.High"));

    [Fact]
    public void No_cmdlet_exposes_a_type_of_the_engine()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            where parameter.ParameterType.Assembly.GetName().Name == "ConnectorDb.Core"
            select $"{cmdlet.Name} -{parameter.Name}: {parameter.ParameterType} lives in the private load context, where no user can name it");

    [Fact]
    public void Every_cmdlet_has_acceptance_tests_in_real_PowerShell()
        => Rule.Holds(module.All.Where(c => !File.Exists(Path.Combine(Repository.Root, "tests", "Pester", c.Name + ".Tests.ps1")))
            .Select(c => $"{c.Name}: there is no tests/Pester/{c.Name}.Tests.ps1"));

    [Fact]
    public void A_parameter_that_names_something_has_a_completer()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            where Completion.IsMissing(cmdlet, parameter)
            select $"{cmdlet.Name} -{parameter.Name}: it needs an [ArgumentCompleter], or a line in tests/ConnectorDb.PowerShell.Tests/Conventions/Completion.cs if it names nothing");

    [Fact]
    public void Every_parameter_without_a_completer_is_one_of_a_cmdlet()
        => Rule.Holds(Completion.Listed.Where(line => !module.All.Any(cmdlet => cmdlet.Parameters.Values.Any(parameter => Completion.IsListedAs(line, cmdlet, parameter))))
            .Select(line => $"tests/ConnectorDb.PowerShell.Tests/Conventions/Completion.cs: there is no parameter {line}"));

    [Fact]
    public void A_parameter_that_takes_an_open_object_takes_its_name()
        => Rule.Holds(
            from cmdlet in module.All
            from parameter in cmdlet.Parameters.Values
            let type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType
            where type.Name is "CdbConnection" or "CdbLogger" or "CdbPoller" or "CdbServer"
            where !parameter.Attributes.Any(attribute => attribute.GetType() is { IsGenericType: true } given && given.GetGenericArguments()[0] == type)
            select $"{cmdlet.Name} -{parameter.Name}: it needs [OpenedArgument<{type.Name}>]");

    private static CmdletAttribute Attribute(CmdletInfo cmdlet) => cmdlet.ImplementingType.GetCustomAttribute<CmdletAttribute>()!;
}
