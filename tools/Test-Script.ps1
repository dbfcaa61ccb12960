#Requires -Version 7.6
#Requires -Modules PSScriptAnalyzer

<#
.SYNOPSIS
    Analyzes every script of the repository with PSScriptAnalyzer; fails when it finds anything.
.DESCRIPTION
    A folder may have settings of its own; elsewhere those of the root apply.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Convert-Path "$PSScriptRoot/.."
$findings = foreach ($file in git -C $root ls-files --cached --others --exclude-standard '*.ps1' '*.psm1' '*.psd1') {
    $settings = "$root/$(Split-Path $file)/PSScriptAnalyzerSettings.psd1"
    Invoke-ScriptAnalyzer -Path "$root/$file" -Settings ((Test-Path $settings) ? $settings : "$root/PSScriptAnalyzerSettings.psd1")
}
if ($findings) {
    throw "PSScriptAnalyzer has $(@($findings).Count) findings:`n$(($findings | ForEach-Object { "$($_.ScriptPath):$($_.Line) $($_.RuleName): $($_.Message)" }) -join "`n")"
}
