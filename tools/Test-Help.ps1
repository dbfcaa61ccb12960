#Requires -Version 7.6
#Requires -Modules Microsoft.PowerShell.PlatyPS

<#
.SYNOPSIS
    Makes the help of the cmdlets with platyPS, and fails when it differs in substance from the help that the build made.
.DESCRIPTION
    Checks each page of docs/en-US with Test-MarkdownCommandHelp, makes MAML of them with Export-MamlCommandHelp, and compares
    the two files: names, synopsis, description, parameter sets, parameters, examples, types and links. Spaces do not count,
    nor the marks of lists and tables, nor the rulers around the titles of examples.
.PARAMETER Package
    The packed module whose help is compared. With -Replace, it gets the help that platyPS made.
.EXAMPLE
    ./tools/Test-Help.ps1 artifacts/package/ConnectorDb -Replace
#>
[CmdletBinding()]
param(
    [string] $Package = "$PSScriptRoot/../artifacts/package/ConnectorDb",
    [switch] $Replace
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# The words of a text, without the marks of Markdown, which platyPS keeps and the build does not.
function Get-Word([System.Xml.XmlNode] $Node, [string] $Path) {
    $text = ($Node.SelectNodes("$Path//text()", $names) | ForEach-Object Value) -join ' '
    ($text -replace '```\w*' -replace '\[([^\]]+)\]\([^)]*\)', '$1' -replace '\(https?://[^)]*\)' -replace '[^\p{L}\p{N}]+', ' ').Trim()
}

function Get-Fact([System.Xml.XmlNode] $Command) {
    $facts = [ordered]@{
        Synopsis    = Get-Word $Command 'command:details/maml:description'
        Description = Get-Word $Command 'maml:description'
        Inputs      = Get-Word $Command 'command:inputTypes'
        Outputs     = Get-Word $Command 'command:returnValues'
        Notes       = Get-Word $Command 'maml:alertSet'
        Links       = Get-Word $Command 'command:relatedLinks/maml:navigationLink[maml:linkText != "Online Version"]/maml:linkText'
    }
    $number = 0
    foreach ($example in $Command.SelectNodes('command:examples/command:example', $names)) {
        $facts["Example $((++$number))"] = Get-Word $example '.'
    }

    foreach ($parameter in $Command.SelectNodes('command:parameters/command:parameter', $names)) {
        $name = $parameter.SelectSingleNode('maml:name', $names).InnerText
        $facts["-$name"] = @(
            Get-Word $parameter 'maml:description'
            $parameter.required
            $parameter.position.ToLowerInvariant()
            $parameter.globbing
            $parameter.aliases
            $parameter.SelectSingleNode('dev:type/maml:name', $names).InnerText
        ) -join ' | '
    }

    $sets = foreach ($set in $Command.SelectNodes('command:syntax/command:syntaxItem', $names)) {
        ($set.SelectNodes('command:parameter', $names) | ForEach-Object { "$($_.SelectSingleNode('maml:name', $names).InnerText) $($_.required)" }) -join ', '
    }
    $facts.Syntax = ($sets | Sort-Object) -join "`n"
    $facts
}

function Read-Help([string] $File) {
    $table = @{}
    foreach ($command in ([xml](Get-Content $File -Raw)).SelectNodes('//command:command', $names)) {
        $table[$command.SelectSingleNode('command:details/command:name', $names).InnerText] = Get-Fact $command
    }

    $table
}

$names = [System.Xml.XmlNamespaceManager]::new([System.Xml.NameTable]::new())
$names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
$names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
$names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')

$pages = Get-Item "$PSScriptRoot/../docs/en-US/*-Cdb*.md"
$invalid = $pages | Where-Object { -not (Test-MarkdownCommandHelp $_.FullName) }
if ($invalid) {
    throw "platyPS does not accept $($invalid.Name -join ', '). Test-MarkdownCommandHelp -DetailView says why."
}

$built = Get-Item "$Package/en-US/ConnectorDb.PowerShell.dll-Help.xml" -ErrorAction Ignore
if (-not $built) {
    throw "$Package has no help. Pack the module first: ./build.ps1 -Task Pack."
}

$ours = Read-Help $built
$folder = Join-Path ([System.IO.Path]::GetTempPath()) "platyps-$PID"
try {
    $help = Import-MarkdownCommandHelp $pages.FullName
    foreach ($command in $help) {
        $online = ([xml](Get-Content $built -Raw)).SelectSingleNode("//command:command[command:details/command:name='$($command.Title)']//maml:navigationLink[maml:linkText='Online Version']/maml:uri", $names)
        $command.Metadata['HelpUri'] = $online ? $online.InnerText : $null
    }

    $file = Export-MamlCommandHelp -CommandHelp $help -OutputFolder $folder -Force
    $theirs = Read-Help $file.FullName
    $differences = foreach ($name in @($ours.Keys) + @($theirs.Keys) | Sort-Object -Unique) {
        if (-not ($ours[$name] -and $theirs[$name])) {
            "$($name): only one of the two has it"
            continue
        }

        foreach ($fact in @($ours[$name].Keys) + @($theirs[$name].Keys) | Sort-Object -Unique) {
            if ($ours[$name][$fact] -cne $theirs[$name][$fact]) {
                "$name, $($fact):`n  build:   $($ours[$name][$fact])`n  platyPS: $($theirs[$name][$fact])"
            }
        }
    }
    if ($differences) {
        throw "The help that the build made differs from that of platyPS:`n$($differences -join "`n")"
    }

    if ($Replace) {
        Copy-Item $file.FullName $built.FullName
    }

    "The help of $($ours.Count) cmdlets is the same in substance."
}
finally {
    Remove-Item $folder -Recurse -Force -ErrorAction Ignore
}
