BeforeAll { . "$PSScriptRoot/store.ps1" 'over a server' }

AfterAll {
    Get-CdbConnection | Disconnect-Cdb
    Stop-CdbServer
}

Describe 'Remove-CdbSession' {
    BeforeEach {
        $login = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(":$key"))
        $null = Invoke-RestMethod "$($server.Url)/api/v1/login" -Method Post -Headers @{ Authorization = "Basic $login" } -SessionVariable browser
        $browser.Headers.Clear()
        $session = (Get-CdbSession)[0]
    }

    It 'ends the session at once' {
        Invoke-RestMethod "$($server.Url)/api/v1/?q=this" -WebSession $browser | Should -Be 'me/user'
        Remove-CdbSession $session.Id -Confirm:$false
        { Invoke-RestMethod "$($server.Url)/api/v1/?q=this" -WebSession $browser } | Should -Throw -ExpectedMessage '*401*'
    }

    It 'takes the output of Get-CdbSession' {
        Get-CdbSession | Remove-CdbSession -Confirm:$false
        Get-CdbSession | Should -BeNullOrEmpty
    }

    It 'ends a session through the file' {
        $file = Connect-Cdb -Path $store
        Get-CdbSession -Connection $file | Remove-CdbSession -Connection $file -Confirm:$false
        Disconnect-Cdb $file
        { Invoke-RestMethod "$($server.Url)/api/v1/?q=this" -WebSession $browser } | Should -Throw -ExpectedMessage '*401*'
    }

    It 'ends nothing with -WhatIf' {
        Remove-CdbSession $session.Id -WhatIf
        (Get-CdbSession).Id | Should -Contain $session.Id
    }

    It 'reports a number without session, and continues' {
        Remove-CdbSession 999999, $session.Id -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        $problems[0].TargetObject | Should -Be 999999
        (Get-CdbSession).Id | Should -Not -Contain $session.Id
    }

    It 'completes the numbers' {
        $line = 'Remove-CdbSession '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain "$($session.Id)"
    }
}
