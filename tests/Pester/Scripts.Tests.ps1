# Every script of the repository with help shows it: Get-Help ignores a comment that touches a #Requires line. A comment before a function
# is help of the function.
Describe 'Get-Help' {
    It 'has the synopsis of <_>' -ForEach @(
        $root = Convert-Path "$PSScriptRoot/../.."
        git -C $root ls-files '*.ps1' | Where-Object { (Get-Content "$root/$_" -Raw) -match '(?m)^\.SYNOPSIS(?!(?s:.)*^#>\s+function )' }
    ) {
        $synopsis = [regex]::Match((Get-Content "$PSScriptRoot/../../$_" -Raw), '(?m)^\.SYNOPSIS\s+(.+?)\s*$').Groups[1].Value
        (Get-Help (Convert-Path "$PSScriptRoot/../../$_")).Synopsis | Should -BeLike "$([wildcardpattern]::Escape($synopsis))*"
    }
}

# An older PowerShell parses a script before it looks at #Requires. If it cannot, it reports the syntax, and not the version that is needed.
Describe 'A script for users' {
    It '<_> tells an older PowerShell which version it needs' -ForEach @(
        git -C (Convert-Path "$PSScriptRoot/../..") ls-files 'build.ps1' 'docs/examples/*.ps1'
    ) {
        $tokens = $errors = $null
        $script = [Management.Automation.Language.Parser]::ParseFile((Convert-Path "$PSScriptRoot/../../$_"), [ref] $tokens, [ref] $errors)
        $script.ScriptRequirements.RequiredPSVersion | Should -Be '7.6'
        $tokens | Where-Object Kind -In 'QuestionMark', 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr' |
            ForEach-Object { "line $($_.Extent.StartLineNumber): $($_.Text)" } | Should -BeNullOrEmpty

        # Windows PowerShell reads a file without a byte order mark in the code page of the system.
        $script.Extent.Text | Should -Not -Match '[^\x00-\x7f]'

        # A service of systemd has none.
        $script.Extent.Text | Should -Not -Match '\$HOME\b'
    }
}
