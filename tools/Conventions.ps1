#Requires -Version 7.6

<#
.SYNOPSIS
    Writes the table of all cmdlets and the conventions that they follow to docs/conventions.md.
.DESCRIPTION
    Everything is read from the built module and its help pages. With -Check, the file is compared and not written; a test does that.
.EXAMPLE
    ./tools/Conventions.ps1
#>
[CmdletBinding()]
param(
    # The manifest of the built module.
    [string] $Module = "$PSScriptRoot/../ConnectorDb.psd1",

    # Fails when the file differs, instead of writing it.
    [switch] $Check
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$yes, $no = '✓', ''
$changing = 'Add', 'Backup', 'Clear', 'Copy', 'Export', 'Import', 'Install', 'New', 'Register', 'Remove', 'Reset', 'Restore', 'Set', 'Start', 'Stop', 'Uninstall', 'Unregister'
$common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters

function Get-Mark([bool] $Value) { $Value ? $yes : $no }

# The names of the parameters that a test selects.
function Get-Name([object[]] $Parameter, [scriptblock] $Where) { ($Parameter | Where-Object $Where | ForEach-Object { "-$($_.Name)" }) -join ' ' }

function Test-Attribute([object] $Parameter, [string] $Name) { [bool] ($Parameter.Attributes | Where-Object { $_.GetType().Name -eq $Name }) }

function Get-Row([System.Management.Automation.CmdletInfo] $Cmdlet) {
    $parameters = @($Cmdlet.Parameters.Values | Where-Object { $_.Name -notin $common } | Sort-Object Name)
    $page = Get-Content "$PSScriptRoot/../docs/en-US/$($Cmdlet.Name).md" -Raw
    [ordered]@{
        Cmdlet          = "[$($Cmdlet.Name)](en-US/$($Cmdlet.Name).md)"
        Alias           = (Get-Alias -Definition $Cmdlet.Name -ErrorAction Ignore | ForEach-Object Name) -join ' '
        'By value'      = Get-Name $parameters { $_.ParameterSets.Values.ValueFromPipeline -contains $true }
        'By name'       = @($parameters | Where-Object { $_.ParameterSets.Values.ValueFromPipelineByPropertyName -contains $true }).Count
        Wildcards       = Get-Name $parameters { Test-Attribute $_ SupportsWildcardsAttribute }
        Completed       = @($parameters | Where-Object { (Test-Attribute $_ ArgumentCompleterAttribute) -or (Test-Attribute $_ ValidateSetAttribute) -or $_.ParameterType.IsEnum -or $_.SwitchParameter }).Count
        Parameters      = $parameters.Count
        '-WhatIf'       = $Cmdlet.Parameters.ContainsKey('WhatIf') ? $yes : $Cmdlet.Verb -in $changing ? 'missing' : $no
        '-Connection'   = Get-Mark $Cmdlet.Parameters.ContainsKey('Connection')
        '-PassThru'     = Get-Mark $Cmdlet.Parameters.ContainsKey('PassThru')
        Output          = ($Cmdlet.OutputType | ForEach-Object Type | ForEach-Object { $_.Name -eq 'Void' ? 'none' : $_.Name }) -join ', '
        Examples        = [regex]::Matches($page, '(?m)^### Example \d').Count
        'Pester tests'  = Get-Mark (Test-Path "$PSScriptRoot/../tests/Pester/$($Cmdlet.Name).Tests.ps1")
    }
}

Import-Module $Module
$rows = Get-Command -Module ConnectorDb -CommandType Cmdlet | Sort-Object Noun, Verb | ForEach-Object { Get-Row $_ }
$columns = @($rows[0].Keys)
$lines = @(
    '# Conventions of the cmdlets'
    ''
    'All cmdlets and what they have in common, made by `tools/Conventions.ps1` from the built module. A test compares this page.'
    ''
    '- **By value**, **By name**: the parameters that the pipeline gives as a whole object, and the number of those that it gives by property name.'
    '- **Wildcards**: the parameters that take patterns such as `temp*`.'
    '- **Completed**: how many of the **Parameters** complete with Tab, or are switches.'
    '- **-WhatIf**: shows what a cmdlet that changes something would do, and `-Confirm` asks.'
    '- **Output**: the types of the results. **Examples**: their number in the help; they run as tests.'
    ''
    "| $($columns -join ' | ') |"
    "|$('---|' * $columns.Count)"
    $rows | ForEach-Object { "| $(@($_.Values) -join ' | ') |" -replace ' {2,}', ' ' }
)
$text = ($lines -join "`n") + "`n"
$file = "$PSScriptRoot/../docs/conventions.md"
if (-not $Check) {
    [System.IO.File]::WriteAllText($file, $text)
}
elseif (-not (Test-Path $file) -or (Get-Content $file -Raw).ReplaceLineEndings("`n") -cne $text) {
    throw 'docs/conventions.md does not match the built module. Run tools/Conventions.ps1.'
}
