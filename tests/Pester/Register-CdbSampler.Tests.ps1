BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Register-CdbSampler' {
    It 'creates a sampler from a script block' {
        (Register-CdbSampler my.answer { 42 } -Unit pieces).Key | Should -Be my.answer
        (Get-CdbSampler my.answer).Unit | Should -Be pieces
    }

    It 'says with -Verbose that it replaces a sampler' {
        Register-CdbSampler my.twice { 1 } -Verbose 4>&1 | Where-Object { "$_" -like "Registered the sampler 'my.twice'*" } | Should -HaveCount 1
        Register-CdbSampler my.twice { 2 } -Verbose 4>&1 | Where-Object { "$_" -like "Replaced the sampler 'my.twice'*" } | Should -HaveCount 1
    }

    It 'does not replace samplers of the module' {
        { Register-CdbSampler net.ping { 1 } } | Should -Throw -ErrorId 'NameTaken,*'
    }

    It 'keeps the state of the script between polls' {
        $null = Register-CdbSampler my.counter { $script:n += [int]$args[0]; @{ n = $script:n } }
        Add-CdbPollItem counter my.counter 5 -Interval 1s -Timeout 1m
        Wait-Until { (Get-CdbPollItem counter).LastValue.n -ge 10 }
    }

    It 'counts a script that fails as an error' {
        $null = Register-CdbSampler my.broken { throw 'no luck' }
        Add-CdbPollItem broken my.broken -Interval 1s -Timeout 1m
        Wait-Until { (Get-CdbPollItem broken).Errors -ge 1 }
        (Get-CdbPollItem broken).LastError | Should -BeLike '*no luck*'
        (Get-CdbPollItem broken).Values | Should -Be 0
    }

    It 'stops a script at its timeout' {
        $null = Register-CdbSampler my.endless { while ($true) { } }
        Add-CdbPollItem endless my.endless -Interval 1s -Timeout 0.2
        Wait-Until { (Get-CdbPollItem endless).Errors -ge 2 -and $poller.Status.Hung -eq 0 }
        Remove-CdbPollItem endless -Confirm:$false
    }

    It 'reports the timeout that passed without a value' {
        $null = Register-CdbSampler my.slow { 1 }
        Add-CdbPollItem slow my.slow -Interval 1s -Timeout 0.001
        Wait-Until { (Get-CdbPollItem slow).Errors -ge 1 }
        (Get-CdbPollItem slow).LastError | Should -Be 'The measurement took longer than the limit of 0.001 s.'
    }

    It 'rejects an invalid key, and creates nothing with -WhatIf' {
        { Register-CdbSampler 'my thing' { 1 } } | Should -Throw -ErrorId 'InvalidValue,*'
        Register-CdbSampler my.never { } -WhatIf
        Get-CdbSampler my.nev* | Should -BeNullOrEmpty
    }
}
